package client

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// labels are what servers and proxies have been seen to call JSON, the first of them what is meant.
var labels = []string{
	"application/json", "application/json;charset=UTF-8", "text/json", "application/problem+json", "APPLICATION/JSON",
	"text/plain; charset=utf-8", "application/octet-stream", "text/html", "text/javascript", ";;;", " ", "",
}

func under(label string, c canned) canned {
	c.header = map[string]string{"Content-Type": label}
	return c
}

func TestBody_JSONUnderAnyContentType(t *testing.T) {
	list := canned{body: `{"Projects":[{"Dn":"A","Status":1}],"Result":1,"Success":true}`}
	for _, label := range labels {
		for _, before := range []string{"", "\xef\xbb\xbf", "\r\n\t ", "\xef\xbb\xbf\n"} {
			one, many := under(label, goodProject), under(label, list)
			one.body, many.body = before+one.body, before+many.body
			if err := readOnce(t.Context(), clientOf(t, always(one))); err != nil {
				t.Errorf("%q, %q: %v", label, before, err)
			}
			if got, err := listed(t, clientOf(t, always(many))); err != nil || got != "A Enabled" {
				t.Errorf("an enumeration, %q, %q: %q, %v", label, before, got, err)
			}
		}
	}
}

func TestBody_HTMLUnderAnyContentType(t *testing.T) {
	for _, label := range labels {
		page := under(label, canned{body: "\n<html><title>Sign in</title>{\"Result\":1,\"Success\":true}"})
		for name, call := range map[string]func(context.Context, *Client) error{
			"read": readOnce, "write": writeOnce,
			"enumeration": func(ctx context.Context, c *Client) error {
				return c.EnumerateProjects(ctx, ProjectFilter{}, func(*Project) error { return nil })
			},
		} {
			e := errorOf(t, call(t.Context(), clientOf(t, always(page))))
			if e.Reason != BadAnswer || e.Delivery != Unclear || e.Message != "Sign in" ||
				!strings.Contains(e.Error(), "the answer is not JSON but ") {
				t.Errorf("%s under %q: %s, %v", name, label, e.Delivery, e)
			}
		}
	}
}

// The first byte is not waited for longer than the others.
func TestBody_SlowAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		slow := under("text/plain", goodProject)
		slow.slow = time.Millisecond
		if err := readOnce(t.Context(), clientOf(t, always(slow))); err != nil {
			t.Error(err)
		}
		slow.slow = time.Hour
		s := always(slow)
		e := errorOf(t, readOnce(t.Context(), clientOf(t, s)))
		if e.Reason != Unavailable || len(s.requests()) != 5 ||
			!strings.Contains(e.Error(), "no complete answer within") {
			t.Errorf("%d requests, %v", len(s.requests()), e)
		}
	})
}
