package client

import (
	"encoding/base64"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
)

const (
	plantedPassword = `PLANTED "pass" & wörd`
	plantedJWT      = "PLANTED.jwt.PLANTED"
)

// Whatever the provider was given may come back from a server that reports what it was sent.
func TestSecrets_RemovedFromServerText(t *testing.T) {
	inJSON, err := encode(map[string]any{
		"Result": 4, "Success": false, "Error": "not " + plantedPassword + " nor " + plantedJWT,
	})
	if err != nil {
		t.Fatal(err)
	}
	basic := base64.StdEncoding.EncodeToString([]byte("robot:" + plantedJWT))
	for name, c := range map[string]canned{
		"body of a failure": {status: 500, body: "not " + plantedPassword},
		"JSON in text":      {status: 500, kind: "text/plain", body: string(inJSON)},
		"error member":      {status: 400, body: `{"Error":"not ` + plantedJWT + `"}`},
		"label":             {status: 401, body: `{"error":"` + plantedJWT + `"}`},
		"scope": {
			status: 403, body: `{"error":"insufficient_scope","error_description":"scope '` + plantedJWT + `'"}`,
		},
		"envelope":          {body: string(inJSON)},
		"reason phrase":     {status: 502, phrase: "not " + plantedPassword},
		"title of a page":   {status: 503, kind: "text/html", body: "<title>" + plantedJWT + "</title>"},
		"URL":               {status: 500, body: "/login?p=" + url.QueryEscape(plantedPassword)},
		"base64":            {status: 500, body: "Basic " + basic},
		"redirect":          {status: 307, header: map[string]string{"Location": "https://x.test/" + plantedJWT}},
		"content type":      {kind: "text/" + plantedJWT, body: "x"},
		"far into the type": {kind: "text/" + strings.Repeat("x", 70) + plantedJWT, body: "x"},
		"far into the text": {status: 500, body: strings.Repeat("x", redact.MaxMessageLength-5) + plantedJWT},
		"far behind more of it": {
			status: 500, body: strings.Repeat(plantedJWT, 40*redact.MaxMessageLength/len(plantedJWT)),
		},
		"Retry-After":            {status: 503, header: map[string]string{"Retry-After": plantedJWT}},
		"malformed JSON number":  {body: `{"Project":{"Owners":[` + plantedJWT + `]}}`},
		"broken connection":      {err: fmt.Errorf("proxy said %s", plantedPassword)},
		"type of a whole answer": {body: `"` + plantedJWT + `"`},
	} {
		log := &lines{}
		secrets := &redact.Secrets{}
		secrets.Add(plantedPassword, plantedJWT)
		_, err := clientOf(t, always(c), func(o *Options) {
			o.Logger, o.Secrets, o.MaxRetries = log, secrets,
				0
		}).GetProject(t.Context(), ByID(7))
		shown := errorOf(t, err).Error() + errorOf(t, err).Scope + fmt.Sprint(log.all)
		if strings.Contains(shown, "PLANT") || strings.Contains(shown, basic[12:24]) {
			t.Errorf("%s: %s", name, shown)
		}
	}
}
