package main

import (
	"encoding/json"
	"slices"
)

// report is what a survey may tell others: answers to the questions, and the shape of each answer of
// the server. It has no value of the server.
type report struct {
	Format    int             `json:"format"`
	Writing   bool            `json:"writing"`
	Questions []reportedFact  `json:"questions"`
	Answers   []reportedShape `json:"answers"`
}

const reportFormat = 1

type reportedFact struct {
	ID     string `json:"id"`
	Answer string `json:"answer,omitempty"`
	Reason string `json:"reason,omitempty"`
}

type reportedShape struct {
	Probe       string `json:"probe"`
	Call        string `json:"call"`
	Status      int    `json:"status"`
	ContentType string `json:"content_type"`
	Encoding    string `json:"encoding"`
	Result      string `json:"result,omitempty"`
	Shape       any    `json:"shape"`
}

func newReport(observations []observation, ev *evidence, writing bool) report {
	r := report{Format: reportFormat, Writing: writing, Questions: []reportedFact{}, Answers: []reportedShape{}}
	for _, o := range observations {
		r.Questions = append(r.Questions, reportedFact{o.id, o.answer, o.reason})
	}
	probes := []string{}
	for name := range ev.exchanges {
		probes = append(probes, name)
	}
	slices.Sort(probes)
	for _, name := range probes {
		e := ev.of(name)
		shape := reportedShape{
			Probe: name, Call: e.call, Status: e.status, ContentType: contentTypeClass(e.contentType), Encoding: e.encoding,
		}
		if code, there := e.result(); there {
			shape.Result = resultAnswer(code)
		}
		switch {
		case e.doc != nil:
			shape.Shape = shapeOf(e.doc)
		case e.isEmpty():
			shape.Shape = "empty"
		default:
			shape.Shape = "not JSON" + lengthClass(len(e.body))
		}
		r.Answers = append(r.Answers, shape)
	}
	return r
}

func (r report) encode() ([]byte, error) {
	encoded, err := json.MarshalIndent(r, "", "  ")
	return append(encoded, '\n'), err
}
