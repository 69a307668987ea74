package simulator

import (
	"cmp"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"slices"
)

// answered is a question of `make survey` with the answer of the surveyed server.
type answered struct {
	ID     string `json:"id"`
	Answer string `json:"answer"`
}

// like.json has the members of Settings for each answer to a question of the survey.
//
//go:embed like.json
var likeJSON []byte

// Like sets the modes that a report of `make survey` names, so that the server behaves as the
// surveyed one. It returns the answers for which there is no mode.
func (s *Settings) Like(report io.Reader) (unknown []string, err error) {
	var r struct {
		Questions []answered `json:"questions"`
	}
	if err := json.NewDecoder(report).Decode(&r); err != nil {
		return nil, fmt.Errorf("the file is not a report of make survey: %w", err)
	}
	modes := mustRead[map[string]map[string]json.RawMessage](likeJSON)
	// "delete-decision" says more than "delete".
	slices.SortFunc(r.Questions, func(a, b answered) int { return cmp.Compare(a.ID, b.ID) })
	for _, q := range r.Questions {
		answers, settable := modes[q.ID]
		members, known := answers[q.Answer]
		switch {
		case q.Answer == "" || !settable:
		case q.ID == "version":
			s.Version = q.Answer + ".0.0"
		case !known:
			unknown = append(unknown, q.ID+": "+q.Answer)
		default:
			s.add(members)
		}
	}
	return unknown, nil
}

// add sets members. The words of a list come to those that it has already.
func (s *Settings) add(members json.RawMessage) {
	lists := []*string{&s.RightsSpelling, &s.FlowEnvironmentSpelling, &s.DetailsTimes, &s.ListSpelling}
	var before []string
	for _, list := range lists {
		before = append(before, *list)
	}
	must(json.Unmarshal(members, s))
	for i, list := range lists {
		if before[i] != "" && before[i] != *list {
			*list = before[i] + "," + *list
		}
	}
}
