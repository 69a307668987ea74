package auth

import (
	"context"
	"net/http"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/transport"
)

// tokenFileGrant keeps its tokens in a file that parallel and later processes share.
type tokenFileGrant struct {
	end      *endpoint
	path     string
	clientID string

	// unsaved are the tokens that could not be written after the exchange of a refresh token. The
	// next call writes them, unless the file has another refresh token by then.
	unsaved   *granted
	exchanged wireText
}

// credential reads the file without the lock: writers replace the whole file.
func (g *tokenFileGrant) credential() (string, error) {
	f, err := g.open()
	return string(f.RefreshToken), err
}

// hasOtherToken is true if the file has a valid access token other than the given one.
func (g *tokenFileGrant) hasOtherToken(token string) bool {
	f, err := g.open()
	return err == nil && f.usable(time.Now(), token) != nil
}

func (g *tokenFileGrant) open() (tokenFile, error) {
	f, err := openTokenFile(g.path)
	g.end.learn(&f.granted)
	if base := g.end.engine.BaseURL; err == nil && f.Server != "" && f.Server != base {
		err = unusable(attrRefreshTokenFile, "The tokens in "+shownPath(g.path)+" belong to "+quoted(f.Server)+
			", and url is "+quoted(base)+". The provider does not send them to another server. Use one file for each "+
			"server, or write a refresh token of this server to the file.", nil)
	}
	return f, err
}

func (g *tokenFileGrant) obtain(ctx context.Context, avoid string) (*granted, error) {
	f, err := g.open()
	if err != nil {
		return nil, err
	}
	if got := f.usable(time.Now(), avoid); got != nil {
		return got, nil
	}
	unlock, err := lockTokenFile(ctx, f.target)
	if err != nil {
		return nil, err
	}
	defer unlock()
	if f, err = g.open(); err != nil { // again: another process may have exchanged the token
		return nil, err
	}
	if g.unsaved != nil && g.exchanged == f.RefreshToken {
		if f, err = g.save(f, g.unsaved); err != nil {
			return nil, err
		}
	}
	if got := f.usable(time.Now(), avoid); got != nil {
		return got, nil
	}
	return g.exchange(ctx, f)
}

// exchange records that it begins, sends the refresh token, and stores its successor before the new
// access token is used. It does not interrupt an attempt: an answer that is not read is a lost
// token. The engine limits each attempt, and makes no other attempt after the caller has left.
func (g *tokenFileGrant) exchange(ctx context.Context, f tokenFile) (*granted, error) {
	begun := f
	begun.Server, begun.ClientID = g.end.engine.BaseURL, g.clientID
	if begun.ExchangeBegun.IsZero() {
		begun.ExchangeBegun = time.Now().UTC().Truncate(time.Second)
	}
	if err := begun.write(); err != nil {
		return nil, err
	}
	got, failure := tokenRequest{
		endpoint: g.end, path: pathRefresh, retry: transport.SingleUse, uninterrupted: true,
		body: requestBody{ClientID: g.clientID, RefreshToken: string(f.RefreshToken)},
	}.send(ctx)
	if got == nil || got.AccessToken == "" && got.RefreshToken == f.RefreshToken { // it repeats the request
		return nil, g.failed(f, failure)
	}
	if _, err := g.save(begun, got); err != nil {
		return nil, err
	}
	if got.AccessToken == "" {
		failure.advise("The new refresh token is stored. Run again.")
		return nil, failure
	}
	return got, nil
}

// save stores the tokens of an exchange, or remembers them if that fails. It returns the new
// content.
func (g *tokenFileGrant) save(begun tokenFile, got *granted) (tokenFile, error) {
	g.unsaved, g.exchanged = got, begun.RefreshToken
	f := begun.succeeded(got)
	if err := f.write(); err != nil {
		return f, err
	}
	g.unsaved = nil
	return f, nil
}

// failed adds the next step, and removes the mark of the exchange if it is certain what became of the
// refresh token.
func (g *tokenFileGrant) failed(f tokenFile, e *Error) error {
	obtain := ". Obtain a new one. " + howToFill(g.path)
	switch {
	case e.Reason == GrantRefused && !f.ExchangeBegun.IsZero():
		e.advise("A run began to exchange this refresh token at " + rfc3339(f.ExchangeBegun) + " and ended before it " +
			"stored the new one, so the token has probably been used" + obtain)
	case e.Reason == GrantRefused:
		e.advise("The refresh token was used before, for example by another copy of it, has expired, was revoked, or " +
			"was issued to another client_id than " + quoted(g.clientID) + g.formerClient(f) + obtain)
	case e.Status == 0 && e.NotSent, e.Status/100 == 3, e.Status == http.StatusNotFound:
		e.advise("The refresh token was not used.")
	default:
		e.advise("It is unknown whether the server exchanged the refresh token. The provider keeps the token, and " +
			"tries it once more at the next call.")
		return e
	}
	_ = f.write()
	return e
}

func (g *tokenFileGrant) formerClient(f tokenFile) string {
	former := ""
	if f.ClientID != "" && f.ClientID != g.clientID {
		former = " (it was exchanged with " + quoted(f.ClientID) + " before)"
	}
	if !f.RefreshUntil.IsZero() {
		former += " (it was valid until " + rfc3339(f.RefreshUntil.Time) + ")"
	}
	return former
}
