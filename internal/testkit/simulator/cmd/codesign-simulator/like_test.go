package main

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestCommand_Like(t *testing.T) {
	report := filepath.Join(t.TempDir(), "report.json")
	const content = `{"format":1,"questions":[{"id":"guid","answer":"without braces"},{"id":"dates",` +
		`"answer":"another form"}]}`
	if err := os.WriteFile(report, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	r := serve(t, "-company", "-like", report)
	request, _ := http.NewRequest(http.MethodPost, r.lines[0]+"/vedsdk/Codesign/EnumerateProjects",
		strings.NewReader("{}"))
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", "Bearer "+r.value("token:"))
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	res, err := transport.RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(res.Body)
	_ = res.Body.Close()
	if strings.Contains(string(body), `"Guid":"{`) || !strings.Contains(string(body), `"Guid":"`) {
		t.Errorf("got %.300s", body)
	}
	if log := r.log.String(); !strings.Contains(log, "no mode for this answer: dates: another form") {
		t.Errorf("log: %s", log)
	}
}

func TestCommand_LikeNeedsReport(t *testing.T) {
	file := filepath.Join(t.TempDir(), "report.json")
	if err := os.WriteFile(file, []byte("<html>"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{file, file + ".missing"} {
		if err := run(t.Context(), []string{"-like", path}, io.Discard, io.Discard); err == nil {
			t.Errorf("%s is accepted", path)
		}
	}
}
