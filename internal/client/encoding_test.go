package client

import (
	"context"
	"strings"
	"testing"
)

// inUTF16 is an ASCII text in UTF-16, little endian.
func inUTF16(text string) string {
	var out strings.Builder
	for i := range len(text) {
		out.Write([]byte{text[i], 0})
	}
	return out.String()
}

func TestBody_UTF16(t *testing.T) {
	for name, call := range map[string]func(context.Context, *Client) error{
		"read": readOnce, "write": writeOnce,
		"enumeration": func(ctx context.Context, c *Client) error {
			return c.EnumerateProjects(ctx, ProjectFilter{}, func(*Project) error { return nil })
		},
	} {
		for _, body := range []string{
			"\xff\xfe" + inUTF16(`{"Success":true}`), inUTF16(`{"Success":true}`),
			"\xfe\xff\x00{\x00}",
		} {
			e := errorOf(t, call(t.Context(), clientOf(t, always(canned{body: body}))))
			if e.Reason != BadAnswer || e.Delivery != Unclear || !strings.Contains(e.Error(), "encoded in UTF-16") {
				t.Errorf("%s: %s, %v", name, e.Delivery, e)
			}
		}
	}
}

func TestBody_ErrorInUTF16(t *testing.T) {
	const failedResult = `{"Message":"An error has occurred.","ExceptionMessage":"The project is locked."}`
	for name, body := range map[string]string{"mark": "\xef\xbb\xbf" + failedResult, "UTF-16": "\xff\xfe" +
		inUTF16(failedResult)} {
		e := errorOf(t, readOnce(t.Context(), clientOf(t, always(canned{status: 400, body: body}))))
		if e.Message != "The project is locked." {
			t.Errorf("%s: %q", name, e.Message)
		}
	}
}
