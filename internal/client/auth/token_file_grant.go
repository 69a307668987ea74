package auth

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"
)

// tokenFileGrant keeps its tokens in a file that parallel and later processes share.
type tokenFileGrant struct {
	end      *endpoint
	path     string
	clientID string

	mu sync.Mutex // in addition to the file lock, for the fields below
	// unsaved is a successor that could not be written, and replaces the refresh token it replaces.
	// The next call writes it.
	unsaved  *tokenDocument
	replaces wireText
}

func newTokenFileGrant(c Credentials, end *endpoint) grant {
	return &tokenFileGrant{end: end, path: c.RefreshTokenFile, clientID: c.ClientID}
}

func (g *tokenFileGrant) origin() string  { return "refresh token file " + shownPath(g.path) }
func (g *tokenFileGrant) renewable() bool { return true }
func (g *tokenFileGrant) revocable() bool { return false }

// prepare reads the file without the lock: writers replace the whole file.
func (g *tokenFileGrant) prepare() (credential, error) {
	_, doc, err := g.open()
	if err != nil {
		return credential{}, err
	}
	return credential{secret: string(doc.RefreshToken), body: doc}, nil
}

// hasOtherToken is true if the file has a valid access token other than the given one.
func (g *tokenFileGrant) hasOtherToken(token string) bool {
	_, doc, err := g.open()
	return err == nil && doc.usable(time.Now(), token) != nil
}

func (g *tokenFileGrant) open() (*tokenFile, tokenDocument, error) {
	f, doc, err := openTokenFile(g.path)
	g.end.secrets.Add(doc.secrets()...)
	if err == nil && doc.Server != "" && doc.Server != g.end.base {
		err = tokenFileProblem("The tokens in "+shownPath(g.path)+" belong to "+quoted(doc.Server)+", and url is "+
			quoted(g.end.base)+". The provider does not send them to another server. Use one file for each server, "+
			"or write a refresh token of this server to the file.", nil)
	}
	return f, doc, err
}

func (g *tokenFileGrant) obtain(ctx context.Context, c credential, avoid string) (*granted, error) {
	if doc, ok := c.body.(tokenDocument); ok {
		if got := doc.usable(time.Now(), avoid); got != nil {
			return got, nil
		}
	}
	target := g.path
	if f, _, err := g.open(); err == nil {
		target = f.target
	}
	return underLock(ctx, target, func() (*granted, error) { return g.underLock(ctx, avoid) })
}

// underLock reads the file again, because another process may have exchanged the token in the
// meantime.
func (g *tokenFileGrant) underLock(ctx context.Context, avoid string) (*granted, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	f, doc, err := g.open()
	if err != nil {
		return nil, err
	}
	if unsaved := g.unsaved; unsaved != nil && g.replaces == doc.RefreshToken {
		if err := g.save(f, *unsaved, doc.RefreshToken); err != nil {
			return nil, err
		}
		doc = *unsaved
	}
	g.unsaved = nil
	if got := doc.usable(time.Now(), avoid); got != nil {
		return got, nil
	}
	return g.exchange(ctx, f, doc)
}

// exchange records that it begins, sends the refresh token, and stores its successor before the new
// access token is used.
func (g *tokenFileGrant) exchange(ctx context.Context, f *tokenFile, doc tokenDocument) (*granted, error) {
	begun := doc
	begun.Server, begun.ClientID = g.end.base, g.clientID
	if begun.ExchangeBegun.IsZero() {
		begun.ExchangeBegun = time.Now().UTC().Truncate(time.Second)
	}
	if err := f.write(begun); err != nil {
		return nil, err
	}
	got, err := g.send(ctx, doc)
	if salvaged := tokensIn(err); salvaged != nil {
		got = salvaged
	}
	if got == nil {
		return nil, g.failed(f, doc, err)
	}
	if err := g.save(f, begun.succeeded(got), doc.RefreshToken); err != nil {
		return nil, err
	}
	if got.AccessToken == "" {
		if e, ok := errors.AsType[*Error](err); ok {
			e.advise("The new refresh token is stored. Run again.")
		}
		return nil, err
	}
	return got, nil
}

// send does not interrupt an attempt: an answer that is not read is a lost token. The engine limits
// each attempt, and makes no other attempt after the caller has left.
func (g *tokenFileGrant) send(ctx context.Context, doc tokenDocument) (*granted, error) {
	return g.end.grant(ctx, exchange{
		call: grantCall{origin: g.origin(), path: pathRefresh}, retry: singleUse, uninterrupted: true,
		body: refreshRequest{ClientID: g.clientID, RefreshToken: string(doc.RefreshToken)},
	})
}

// save stores a successor, or remembers it if that fails.
func (g *tokenFileGrant) save(f *tokenFile, successor tokenDocument, replaces wireText) error {
	if err := f.write(successor); err != nil {
		g.unsaved, g.replaces = &successor, replaces
		return err
	}
	g.unsaved = nil
	return nil
}

// failed removes the mark of the exchange if the server certainly did not carry it out, and adds
// the next step.
func (g *tokenFileGrant) failed(f *tokenFile, doc tokenDocument, err error) error {
	e, ok := errors.AsType[*Error](err)
	if !ok {
		return err
	}
	settled := e.Reason == GrantRefused || e.Status == http.StatusNotFound || e.Status >= 300 &&
		e.Status < 400 || e.Status == 0 && e.NotSent
	if settled {
		_ = f.write(doc)
	}
	e.advise(g.adviceOn(e, doc, settled))
	return e
}

func (g *tokenFileGrant) adviceOn(e *Error, doc tokenDocument, settled bool) string {
	switch {
	case !settled:
		return "It is unknown whether the server exchanged the refresh token. The provider keeps the token, and " +
			"tries it once more at the next call."
	case e.Reason != GrantRefused:
		return "The refresh token was not used."
	case !doc.ExchangeBegun.IsZero():
		return "A run began to exchange this refresh token at " + doc.ExchangeBegun.UTC().Format(time.RFC3339) +
			" and ended before it stored the new one, so the token has probably been used. Obtain a new " +
			"one. " + howToFill(g.path)
	}
	return "The refresh token was used before, for example by another copy of it, has expired, was revoked, " +
		"or was issued to another client_id than " +
		quoted(g.clientID) + g.formerClient(doc) + ". Obtain a new one. " + howToFill(g.path)
}

func (g *tokenFileGrant) formerClient(doc tokenDocument) string {
	former := ""
	if doc.ClientID != "" && doc.ClientID != g.clientID {
		former = " (it was exchanged with " + quoted(doc.ClientID) + " before)"
	}
	if doc.RefreshUntil > 0 {
		former += " (it was valid until " + time.Unix(int64(doc.RefreshUntil), 0).UTC().Format(time.RFC3339) + ")"
	}
	return former
}
