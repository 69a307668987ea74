package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"os/exec"
	"strings"
	"testing"
)

func TestHelp_ExplainsJWTs(t *testing.T) {
	var help bytes.Buffer
	if _, err := parse([]string{"-h"}, &help); err == nil || !strings.Contains(help.String(), jwtRecipe) || !strings.Contains(help.String(), "vsign-sdk") {
		t.Errorf("%v\n%s", err, help.String())
	}
}

func TestJWTRecipe_LogsIn(t *testing.T) {
	if _, err := exec.LookPath("openssl"); err != nil {
		t.Skip("the recipe needs openssl, which is not installed")
	}
	r := serve(t, "-company")
	for _, user := range []string{"ada.brandt", "repo:northwind/platform:ref:refs/heads/main"} {
		made, err := exec.CommandContext(t.Context(), "sh", "-c", "user="+user+"\n"+jwtRecipe).Output()
		if err != nil {
			t.Fatal(err)
		}
		body, err := json.Marshal(map[string]string{"client_id": "vsign-sdk", "scope": "codesign", "jwt": strings.TrimSpace(string(made))})
		if err != nil {
			t.Fatal(err)
		}
		res, err := http.Post(r.lines[0]+"/vedauth/authorize/jwt", "application/json", bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		if res.StatusCode != http.StatusOK {
			t.Errorf("%s: %s", user, res.Status)
		}
	}
}
