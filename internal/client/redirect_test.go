package client

import (
	"context"
	"strings"
	"testing"
)

func redirectTo(status int, location string) canned {
	return canned{status: status, header: map[string]string{"Location": location}}
}

func version(ctx context.Context, c *Client) error { _, err := c.ServerVersion(ctx); return err }

func TestRedirect_GETWithinServer(t *testing.T) {
	s := inTurn(redirectTo(307, "/vedsdk/SystemStatus/Version/"), canned{body: `{"Version":"25.3"}`})
	if err := version(t.Context(), clientOf(t, s)); err != nil {
		t.Fatal(err)
	}
	got := s.requests()
	if len(got) != 2 || got[1].path != "/vedsdk/SystemStatus/Version/" || got[1].token != "token-0" {
		t.Errorf("%+v", got)
	}
}

func TestRedirect_Limit(t *testing.T) {
	s := always(redirectTo(307, "/vedsdk/SystemStatus/Version/"))
	e := errorOf(t, version(t.Context(), clientOf(t, s)))
	if n := len(s.requests()); n != 4 || e.Reason != Redirected || e.HTTPStatus != 307 {
		t.Errorf("%d requests: %v", n, e)
	}
}

func TestRedirect_TokenStaysOnServer(t *testing.T) {
	for _, elsewhere := range []string{
		"https://elsewhere.example.test/vedsdk/SystemStatus/Version",
		"http://codesign.example.test/vedsdk/SystemStatus/Version",
		"https://codesign.example.test:444/", "//elsewhere.example.test/", "https://a:b@codesign.example.test/",
	} {
		s := always(redirectTo(307, elsewhere))
		e := errorOf(t, version(t.Context(), clientOf(t, s)))
		if n := len(s.requests()); n != 1 || e.Reason != Redirected || e.Delivery != Answered {
			t.Errorf("%s: %d requests: %v", elsewhere, n, e)
		}
		if !strings.Contains(e.Error(), "which is not followed") || strings.Contains(e.Error(), "a:b") {
			t.Error(e)
		}
	}
}

func TestRedirect_POSTNotFollowed(t *testing.T) {
	for status, delivery := range map[int]Delivery{
		301: Answered, 302: Unclear, 303: Unclear, 307: Answered,
		308: Answered,
	} {
		for _, call := range []func(context.Context, *Client) error{readOnce, writeOnce} {
			s := always(redirectTo(status, "/vedsdk/Codesign/Elsewhere/?token=secret"))
			e := errorOf(t, call(t.Context(), clientOf(t, s)))
			if n := len(s.requests()); n != 1 || e.Reason != Redirected || e.Delivery != delivery {
				t.Errorf("%d: %d requests, %s: %v", status, n, e.Delivery, e)
			}
			if strings.Contains(e.Error(), "secret") {
				t.Errorf("the query of the target is shown: %s", e)
			}
		}
	}
}

func TestRedirect_WithoutTarget(t *testing.T) {
	e := errorOf(t, version(t.Context(), clientOf(t, always(canned{status: 307}))))
	if e.Reason != Redirected || !strings.Contains(e.Error(), "without a target") {
		t.Error(e)
	}
}
