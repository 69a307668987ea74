package main

import (
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"
)

func TestCopyInstances_RenumbersAttributesAndPrivateState(t *testing.T) {
	t.Parallel()
	values, err := json.Marshal(map[string][]byte{"ids": []byte(`{"id":1000000}`)})
	if err != nil {
		t.Fatal(err)
	}
	private := base64.StdEncoding.EncodeToString(values)
	instance := `{"attributes":{"id":1000000},"private":"` + private + `"}`
	state := `{"version":4,"resources":[{"type":"x","instances":[` + instance + `]}]}`
	copied, err := copyInstances([]byte(state), 2)
	if err != nil {
		t.Fatal(err)
	}
	values, err = json.Marshal(map[string][]byte{"ids": []byte(`{"id":1000001}`)})
	if err != nil {
		t.Fatal(err)
	}
	second := `{"attributes":{"id":1000001},"index_key":1,"private":"` + base64.StdEncoding.EncodeToString(values) +
		`"}`
	if !strings.Contains(string(copied), second) {
		t.Errorf("%s is not in %s", second, copied)
	}
}

func TestCopyInstances_OfSeveralResources(t *testing.T) {
	t.Parallel()
	state := `{"version":4,"resources":[{"type":"x","instances":[{"attributes":{}}]},` +
		`{"type":"y","instances":[{"attributes":{}}]}]}`
	copied, err := copyInstances([]byte(state), 5)
	if x, y, _ := strings.Cut(string(copied), `"type":"x"`); err != nil || strings.Count(x, "index_key") != 3 ||
		strings.Count(y, "index_key") != 2 {
		t.Errorf("%s, %v", copied, err)
	}
}

func TestWriteTable_FitsTerminal(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	u := usage{wall: 184_000_000_000, cpu: 159_000_000_000, memory: 153 << 20}
	err := writeTable(&out, []row{
		ratioRow("1000 rights data sources, parallelism 50", "1.15 (loop + empty plan)", 1.15, 12, 10, u.String()),
		{scenario: "memory", limit: "75 MB more than without", measured: "61.0 MB", reached: true},
	})
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(out.String()) {
		if len(line) > 121 {
			t.Errorf("%d columns: %s", len(line), line)
		}
	}
	for _, want := range []string{"1.20      NOT reached\n", "61.0 MB   reached\n", u.String()} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is not in\n%s", want, out.String())
		}
	}
}
