package main

import (
	"fmt"
	"io"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const defaultClient = "terraform-provider-codesign"

func clientOf(w simulator.World) string {
	if len(w.Clients) > 0 {
		return w.Clients[0].ID
	}
	return defaultClient
}

// greeting is what the command prints when it serves.
type greeting struct {
	url                                  string
	user                                 simulator.User
	client, token, certificate, commands string
}

// greet prints the URL alone on the first line, then labelled values and one block to paste.
func greet(out io.Writer, g greeting) {
	fmt.Fprintf(out, "%s\n\nThe embedded server runs at this URL until Ctrl-C. Log in with:\n\n", g.url)
	fmt.Fprintf(out, "user:      %s\npassword:  %s\nclient id: %s\ntoken:     %s\n\n", g.user.Name, g.user.Password,
		g.client, g.token)
	fmt.Fprintf(out, "Paste this block into another shell:\n\nexport VENAFI_URL='%s'\nexport VENAFI_TOKEN='%s'\n",
		g.url, g.token)
	trust := ""
	if g.certificate != "" {
		fmt.Fprintf(out, "export VENAFI_TRUST_BUNDLE='%s'\n", g.certificate)
		trust = ` --cacert "$VENAFI_TRUST_BUNDLE"`
	}
	if g.commands != "" {
		fmt.Fprintln(out, g.commands)
		return
	}
	fmt.Fprintf(out, `curl -sS%s -X POST "$VENAFI_URL/vedsdk/Codesign/EnumerateProjects" `+
		`-H "Authorization: Bearer $VENAFI_TOKEN" -H 'Content-Type: application/json' -d '{}'`+"\n", trust)
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
	return fmt.Sprintf("%s %s %s %q %d%s%s", r.Time.Format(time.TimeOnly), r.Method, r.Path, r.User, r.Status, result,
		fault)
}

// jwtRecipe makes a token that the sample company trusts and prints it.
const jwtRecipe = `b64() { openssl base64 -A | tr '+/' '-_' | tr -d =; }
head=$(printf '{"alg":"HS256","typ":"JWT"}' | b64)
claims=$(printf '{"sub":"%s","exp":%d}' "$user" "$(($(date +%s) + 600))" | b64)
mac=$(printf '%s.%s' "$head" "$claims" | openssl dgst -sha256 -hmac northwind-demo-key -binary | b64)
echo "$head.$claims.$mac"
`

// jwtHelp ends the output of -h.
const jwtHelp = `
The sample company (-company) knows the client ids terraform-provider-codesign, vcert-cli, vcert-sdk,
vsign-sdk and pyvenafi. It trusts JWTs that are signed with HS256 and the key "northwind-demo-key".
The claim "sub" is a user name, or "repo:northwind/platform:ref:refs/heads/main" for the user
terraform. To make one for ten minutes:

user=ada.brandt
` + jwtRecipe
