package simulator

import (
	"bytes"
	"encoding/json"
	"testing"
)

func TestLike_MembersOfSettings(t *testing.T) {
	for question, answers := range mustRead[map[string]map[string]json.RawMessage](likeJSON) {
		for answer, members := range answers {
			if _, err := readJSON[Settings](bytes.NewReader(members)); err != nil {
				t.Errorf("%s: %s: %v", question, answer, err)
			}
		}
	}
}
