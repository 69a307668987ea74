package simulator

import (
	"bytes"
	"encoding/json"
	"testing"
)

func TestLike_MembersOfSettings(t *testing.T) {
	modes, err := readJSON[map[string]map[string]json.RawMessage](bytes.NewReader(likeJSON))
	if err != nil {
		t.Fatal(err)
	}
	for question, answers := range modes {
		for answer, members := range answers {
			if _, err := readJSON[Settings](bytes.NewReader(members)); err != nil {
				t.Errorf("%s: %s: %v", question, answer, err)
			}
		}
	}
}
