package auth

import (
	"bytes"
	"encoding/json"
	"strings"
	"time"

	"golang.org/x/oauth2"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
)

// tokenDocument is the content of a refresh token file. Its members are those of an answer to a
// grant, so that a saved answer is a document too. A bare refresh token is the shortest document.
type tokenDocument struct {
	About        string     `json:"about,omitempty"`
	Server       string     `json:"server,omitempty"` // base URL that the tokens belong to
	ClientID     string     `json:"client_id,omitempty"`
	RefreshToken wireText   `json:"refresh_token"`
	AccessToken  wireText   `json:"access_token,omitempty"`
	Obtained     wireNumber `json:"obtained,omitempty"`      // unix seconds
	Expires      wireNumber `json:"expires,omitempty"`       // unix seconds
	RefreshUntil wireNumber `json:"refresh_until,omitempty"` // unix seconds
	Scope        wireText   `json:"scope,omitempty"`
	Identity     wireText   `json:"identity,omitempty"`
	// ExchangeBegun is set before the refresh token is sent and removed when its successor is
	// stored. While it is set, the token may be used up.
	ExchangeBegun time.Time `json:"exchange_begun,omitzero"`
}

const aboutDocument = "Written by terraform-provider-codesign. The refresh token can be used once: do not copy it. " +
	"To start again, replace the whole content with a new refresh token."

// parseTokenDocument returns the document, or a description of the problem that does not contain
// the content.
func parseTokenDocument(content []byte) (doc tokenDocument, fault string) {
	content, encoding := redact.Decode(content)
	content = bytes.TrimSpace(content)
	switch {
	case encoding != "":
		return doc, "is encoded in " + encoding + " instead of UTF-8"
	case len(content) == 0:
		return doc, "is empty"
	case content[0] != '{':
		doc.RefreshToken = wireText(content)
	case json.Unmarshal(content, &doc) != nil:
		return doc, "contains invalid JSON"
	}
	if doc.RefreshToken == "" {
		return doc, "contains no refresh_token"
	}
	return doc, tokenProblem(string(doc.RefreshToken))
}

func (d tokenDocument) encode() ([]byte, error) {
	d.About = aboutDocument
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(d)
	return b.Bytes(), err
}

// usable returns the access token of the document if it is valid and not the one to avoid, else
// nil.
func (d tokenDocument) usable(now time.Time, avoid string) *granted {
	if d.AccessToken == "" || d.Expires == 0 || string(d.AccessToken) == avoid ||
		tokenProblem(string(d.AccessToken)) != "" {
		return nil
	}
	g := &granted{
		Token:    oauth2.Token{AccessToken: string(d.AccessToken), Expiry: time.Unix(int64(d.Expires), 0)},
		Identity: string(d.Identity),
		Scope:    string(d.Scope),
	}
	if d.Obtained > 0 {
		g.Obtained = time.Unix(int64(d.Obtained), 0)
	}
	if g.aboutToExpire(now) {
		return nil
	}
	return g
}

// succeeded returns the document after an exchange. If the server returns no successor, the old
// refresh token stays valid (RFC 6749, section 6).
func (d tokenDocument) succeeded(got *granted) tokenDocument {
	d.ExchangeBegun = time.Time{}
	d.AccessToken, d.Obtained, d.Expires = wireText(got.AccessToken), wireNumber(got.Obtained.Unix()), 0
	if !got.Expiry.IsZero() {
		d.Expires = wireNumber(got.Expiry.Unix())
	}
	if got.RefreshToken != "" {
		d.RefreshToken, d.RefreshUntil = wireText(got.RefreshToken), wireNumber(got.RefreshUntil.Unix())
		if got.RefreshUntil.IsZero() {
			d.RefreshUntil = 0
		}
	}
	d.Identity, d.Scope = wireText(got.Identity), wireText(got.Scope)
	return d
}

// secrets returns the secrets of the document, so that messages can be cleaned of them.
func (d tokenDocument) secrets() []string {
	return []string{strings.TrimSpace(string(d.RefreshToken)), string(d.AccessToken)}
}
