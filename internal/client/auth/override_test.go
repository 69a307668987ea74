package auth

import "testing"

func TestSettings_Override(t *testing.T) {
	text := func(s string) *string { return &s }
	block := Settings{URL: text("https://a.example"), Username: text("robot"), Password: text("p"), Scope: text("codesign"), ClientID: text("c")}
	for name, c := range map[string]struct {
		by   Settings
		want map[string]string
	}{
		"nothing":        {Settings{}, map[string]string{attrURL: "https://a.example", attrUsername: "robot", attrPassword: "p", attrScope: "codesign", attrClientID: "c"}},
		"a scope":        {Settings{Scope: text("ssh")}, map[string]string{attrURL: "https://a.example", attrUsername: "robot", attrPassword: "p", attrScope: "ssh", attrClientID: "c"}},
		"another way":    {Settings{JWT: text("j")}, map[string]string{attrURL: "https://a.example", attrJWT: "j", attrScope: "codesign", attrClientID: "c"}},
		"half of a way":  {Settings{Username: text("jane")}, map[string]string{attrURL: "https://a.example", attrUsername: "jane", attrScope: "codesign", attrClientID: "c"}},
		"an empty value": {Settings{JWT: text("")}, map[string]string{attrURL: "https://a.example", attrJWT: "", attrUsername: "robot", attrPassword: "p", attrScope: "codesign", attrClientID: "c"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := block.Override(c.by)
			for _, e := range settings {
				want, wanted := c.want[e.attribute]
				value := *e.field(&got)
				if wanted != (value != nil) || wanted && *value != want {
					t.Errorf("%s is %v, want %q", e.attribute, value, want)
				}
			}
			if *block.Username != "robot" || block.JWT != nil {
				t.Error("the settings themselves were changed")
			}
		})
	}
}
