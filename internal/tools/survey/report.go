package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
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
	same := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(ev.exchanges)) {
		e := ev.of(name)
		shape := reportedShape{
			Probe: name, Call: e.call, Status: e.status, ContentType: contentTypeClass(e.contentType),
			Encoding: e.encoding,
		}
		if code, there := e.result(); there {
			shape.Result = resultOf(e.call, code)
		}
		switch {
		case e.value != nil:
			shape.Shape = shapeOf(e.value)
		case e.isEmpty():
			shape.Shape = "empty"
		default:
			shape.Shape = "not JSON" + lengthClass(len(e.body))
		}
		key := fmt.Sprint(shape.Call, shape.Status, shape.Result, shape.Shape)
		if first, known := same[key]; known {
			shape.Shape = "as " + first
		} else {
			same[key] = name
		}
		r.Answers = append(r.Answers, shape)
	}
	return r
}

// resultOf names a result code. Families other than Codesign have codes of their own.
func resultOf(call string, code int) string {
	switch {
	case strings.HasPrefix(call, "Codesign/"):
		return resultAnswer(code)
	case code >= 0 && code <= 20 || code >= 400 && code <= 410:
		return strconv.Itoa(code)
	default:
		return anotherResult
	}
}

// encode writes one line for each question and each call, so that reports can be compared.
func (r report) encode() ([]byte, error) {
	questions, err := lines(r.Questions)
	if err != nil {
		return nil, err
	}
	answers, err := lines(r.Answers)
	return fmt.Appendf(nil, "{\n\"format\": %d,\n\"writing\": %t,\n\"questions\": [%s\n],\n\"answers\": [%s\n]\n}\n",
		r.Format, r.Writing, questions, answers), err
}

func lines[T any](rows []T) (string, error) {
	encoded := make([]string, len(rows))
	for i, row := range rows {
		line, err := json.Marshal(row)
		if err != nil {
			return "", err
		}
		encoded[i] = "\n" + string(line)
	}
	return strings.Join(encoded, ","), nil
}
