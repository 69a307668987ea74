package main

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"strconv"
	"strings"
)

// state is the part of a state file that matters here.
type state map[string]any

// cloned is a state with n instances, made from a state with one: nothing but
// the number of the object differs, also in what the provider keeps for itself.
func cloned(file []byte, n int) ([]byte, error) {
	var s state
	if err := json.Unmarshal(file, &s); err != nil {
		return nil, err
	}
	resources, _ := s["resources"].([]any)
	if len(resources) != 1 {
		return nil, fmt.Errorf("%d resources in the state, want 1", len(resources))
	}
	resource, _ := resources[0].(map[string]any)
	instances, _ := resource["instances"].([]any)
	if len(instances) != 1 {
		return nil, fmt.Errorf("%d instances in the state, want 1", len(instances))
	}
	all := make([]any, n)
	for i := range all {
		clone, err := renumbered(instances[0], i)
		if err != nil {
			return nil, err
		}
		all[i] = clone
	}
	resource["instances"] = all
	return json.Marshal(s)
}

func renumbered(instance any, i int) (any, error) {
	text, err := json.Marshal(instance)
	if err != nil {
		return nil, err
	}
	other := strings.NewReplacer(strconv.Itoa(firstNumber), strconv.FormatInt(number(i), 10))
	var clone map[string]any
	if err := json.Unmarshal([]byte(other.Replace(string(text))), &clone); err != nil {
		return nil, err
	}
	clone["index_key"] = i
	if private, ok := clone["private"].(string); ok {
		clone["private"], err = renumberedPrivate(private, other)
	}
	return clone, err
}

// renumberedPrivate knows how the framework keeps private data: a JSON object of
// byte strings.
func renumberedPrivate(private string, other *strings.Replacer) (string, error) {
	text, err := base64.StdEncoding.DecodeString(private)
	if err != nil {
		return "", err
	}
	var kept map[string][]byte
	if err := json.Unmarshal(text, &kept); err != nil {
		return "", err
	}
	changed := maps.Clone(kept)
	for key, value := range kept {
		changed[key] = []byte(other.Replace(string(value)))
	}
	text, err = json.Marshal(changed)
	return base64.StdEncoding.EncodeToString(text), err
}
