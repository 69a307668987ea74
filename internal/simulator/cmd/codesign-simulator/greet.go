package main

import (
	"fmt"
	"io"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/simulator"
)

const defaultClient = "terraform-provider-codesign"

func clientOf(w simulator.World) string {
	if len(w.Clients) > 0 {
		return w.Clients[0].Id
	}
	return defaultClient
}

// greet prints the URL alone on the first line, then what one needs to play with the server.
func greet(out io.Writer, url string, user simulator.User, client, token, certificate string) {
	fmt.Fprintln(out, url)
	fmt.Fprintf(out, "user:      %s\npassword:  %s\nclient id: %s\ntoken:     %s\n\n", user.Name, user.Password, client, token)
	fmt.Fprintf(out, "export VENAFI_URL='%s'\nexport VENAFI_TOKEN='%s'\n", url, token)
	trust := ""
	if certificate != "" {
		fmt.Fprintf(out, "export VENAFI_TRUST_BUNDLE='%s'\n", certificate)
		trust = ` --cacert "$VENAFI_TRUST_BUNDLE"`
	}
	fmt.Fprintf(out, `curl -sS%s -X POST "$VENAFI_URL/vedsdk/Codesign/EnumerateProjects" -H "Authorization: Bearer $VENAFI_TOKEN" -H 'Content-Type: application/json' -d '{}'`+"\n", trust)
}

// logLine shows a request without body or token.
func logLine(r simulator.Request) string {
	result := ""
	if r.Result != nil {
		result = fmt.Sprintf(" result %d", *r.Result)
	}
	fault := ""
	if r.Fault != "" {
		fault = " fault " + string(r.Fault)
	}
	return fmt.Sprintf("%s %s %s %q %d%s%s", r.Time.Format(time.TimeOnly), r.Method, r.Path, r.User, r.Status, result, fault)
}
