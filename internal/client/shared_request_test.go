package client

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

var slowRights = canned{
	body:  `{"RightsList":[{"key":"local:{b}","value":2},{"key":"local:{a}","value":1}],"Result":1,"Success":true}`,
	delay: time.Second,
}

func TestGetObjectRights_SharedRequest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := always(slowRights)
		c := clientOf(t, s)
		var all sync.WaitGroup
		for range 50 {
			all.Go(func() {
				got, err := c.GetObjectRights(t.Context(), `\VED\X`)
				if err != nil || len(got) != 2 || got[0].Value != 2 {
					t.Errorf("%v, %v", got, err)
				}
				got[0], got[1] = got[1], got[0] // everybody's list is their own
			})
		}
		all.Wait()
		if n := len(s.requests()); n != 1 {
			t.Errorf("%d requests", n)
		}
		if _, err := c.GetObjectRights(t.Context(), `\VED\X`); err != nil || len(s.requests()) != 2 {
			t.Errorf("%d requests: what is over is not remembered, %v", len(s.requests()), err)
		}
	})
}

func TestGetObjectRights_SharedFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := always(canned{body: `{"Result":2,"Success":false}`, delay: time.Second})
		c := clientOf(t, s)
		var all sync.WaitGroup
		for range 5 {
			all.Go(func() {
				if _, err := c.GetObjectRights(t.Context(), `\VED\X`); ReasonOf(err) != Forbidden {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if n := len(s.requests()); n != 1 {
			t.Errorf("%d requests", n)
		}
	})
}

func TestValidateIdentity_Cached(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := always(canned{body: `{"ID":{"PrefixedUniversal":"local:{a}","Name":"jane"}}`, delay: time.Second})
		c := clientOf(t, s)
		var all sync.WaitGroup
		for range 1000 {
			all.Go(func() {
				id, err := c.ValidateIdentity(t.Context(), "local:jane")
				if err != nil || id.Name != "jane" {
					t.Errorf("%+v, %v", id, err)
					return
				}
				id.Name = "changed by its owner"
			})
		}
		all.Wait()
		if id, err := c.ValidateIdentity(t.Context(), "local:jane"); err != nil || id.Name != "jane" ||
			len(s.requests()) != 1 {
			t.Errorf("%+v, %v, %d requests", id, err, len(s.requests()))
		}
	})
}

func TestValidateIdentity_MissingUniversalCached(t *testing.T) {
	for given, want := range map[string]int{"local:{aaaaaaaa-0000-1111-2222-bbbbbbbbbbbb}": 2, // in two spellings, once
		"local:jane": 2} {
		s := always(canned{body: `{}`})
		c := clientOf(t, s)
		for range 2 {
			if _, err := c.ValidateIdentity(t.Context(), given); !IsNotFound(err) {
				t.Error(err)
			}
		}
		if n := len(s.requests()); n != want {
			t.Errorf("%s: %d requests", given, n)
		}
	}
}

func TestValidateIdentity_FailureNotCached(t *testing.T) {
	s := inTurn(canned{status: 400}, canned{body: `{"ID":{"PrefixedUniversal":"local:{a}"}}`})
	c := clientOf(t, s)
	if _, err := c.ValidateIdentity(t.Context(), "local:jane"); ReasonOf(err) != Refused {
		t.Error(err)
	}
	if _, err := c.ValidateIdentity(t.Context(), "local:jane"); err != nil {
		t.Error(err)
	}
}

func TestGetObjectRights_OneCallerCancels(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := clientOf(t, always(slowRights))
		first, cancel := context.WithCancel(t.Context())
		failed, worked := make(chan error), make(chan error)
		go func() { failed <- second(c.GetObjectRights(first, `\VED\X`)) }()
		synctest.Wait()
		go func() { worked <- second(c.GetObjectRights(t.Context(), `\VED\X`)) }()
		synctest.Wait()
		start := time.Now()
		cancel()
		err := <-failed
		if e := errorOf(t, err); e.Reason != Cancelled || !errors.Is(err, context.Canceled) || time.Since(start) != 0 {
			t.Errorf("after %s: %v", time.Since(start), err)
		}
		if err := <-worked; err != nil {
			t.Error(err)
		}
	})
}

func TestGetObjectRights_LastCallerCancels(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		slow := slowRights
		slow.delay = time.Hour
		s := inTurn(slow, slow, slowRights)
		c := clientOf(t, s, func(o *Options) { o.RequestTimeout = 2 * time.Hour })
		began := time.Now()
		for range 2 {
			ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
			_, _ = c.GetObjectRights(ctx, `\VED\X`)
			cancel()
			synctest.Wait()
			if s.under != 0 {
				t.Errorf("%d requests still under way", s.under)
			}
		}
		if _, err := c.GetObjectRights(t.Context(), `\VED\X`); err != nil {
			t.Error(err)
		}
		if took := time.Since(began); took > slow.delay/2 || s.count("GetObjectRights") != 3 {
			t.Errorf("%d requests took %s", s.count("GetObjectRights"), took)
		}
	})
}

func TestGetObjectRights_EndedContext(t *testing.T) {
	s := always(slowRights)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := clientOf(t, s).GetObjectRights(ctx, `\VED\X`); ReasonOf(err) != Cancelled || len(s.requests()) != 0 {
		t.Errorf("%d requests, %v", len(s.requests()), err)
	}
}
