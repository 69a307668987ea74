package auth

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

func TestResolve_IncompleteMethods(t *testing.T) {
	type values = map[string]string
	tests := map[string]struct {
		block, env values
		way        Method
		givenBy    []string
		attribute  string   // of the one problem, where there is to be one
		says       []string // in its text
	}{
		"user in the block, password in the environment": {
			block: values{attrUsername: "robot"}, env: values{attrPassword: "p"},
			way: Password, givenBy: []string{"tpp_username", "VENAFI_PASS"},
		},
		"password in the block, user in the environment": {
			block: values{attrPassword: "p"}, env: values{attrUsername: "robot"},
			way: Password, givenBy: []string{"VENAFI_USER", "tpp_password"},
		},
		"user in the block without any password": {
			block: values{attrUsername: "robot"}, env: values{attrAccessToken: "t"},
			attribute: attrPassword, says: []string{"tpp_username is set", "VENAFI_PASS"},
		},
		"password in the block without any user": {
			block: values{attrPassword: "p"}, attribute: attrUsername,
			says: []string{"tpp_password is set", "VENAFI_USER"},
		},
		"half a way in the environment alone": {
			env: values{attrUsername: "robot"}, attribute: attrPassword,
			says: []string{"VENAFI_USER is set", "VENAFI_PASS"},
		},
		"half a way in the environment beside a whole one": {
			env: values{attrUsername: "robot", attrJWT: "a.b.c"}, way: JWT, givenBy: []string{"VENAFI_EXTERNAL_JWT"},
		},
		"certificate in the block, its password in the environment": {
			block: values{attrP12File: "c.p12"}, env: values{attrP12Password: "p"},
			way: Certificate, givenBy: []string{"p12_cert_filename", "VENAFI_P12_PASSWORD"},
		},
		"certificate without a password": {
			env: values{attrP12File: "c.p12"}, way: Certificate, givenBy: []string{"VENAFI_P12_CERTIFICATE"},
		},
		"certificate as data overrules the file of the environment": {
			block: values{attrP12Data: "AAAA"}, env: values{attrP12File: "c.p12"},
			way: Certificate, givenBy: []string{"p12_cert_data"},
		},
		"certificate twice": {
			block: values{attrP12Data: "AAAA", attrP12File: "c.p12"}, attribute: attrP12Data,
			says: []string{"p12_cert_filename and p12_cert_data"},
		},
		"password of a certificate without one": {
			block: values{attrP12Password: "p"}, attribute: attrP12File,
			says: []string{"p12_cert_password is set", "VENAFI_P12_CERTIFICATE", "p12_cert_data"},
		},
		"password of a certificate beside another way": {
			block: values{attrP12Password: "p", attrAccessToken: "t"}, attribute: attrP12Password,
			says: []string{"access_token and p12_cert_password"},
		},
		"empty attribute": {
			block: values{attrAccessToken: " "}, env: values{attrAccessToken: "t"},
			attribute: attrAccessToken, says: []string{"access_token is empty", "VENAFI_TOKEN"},
		},
		"empty attribute and nothing else": {
			block: values{attrAccessToken: ""}, attribute: attrAccessToken, says: []string{"access_token is " +
				"empty", "VENAFI_TOKEN"},
		},
		"empty attribute beside half a way in the environment": {
			block: values{attrJWTFile: ""}, env: values{attrUsername: "robot"}, attribute: attrJWTFile,
			says: []string{"external_jwt_file is empty"},
		},
		"empty half of a pair": {
			block: values{attrUsername: "robot", attrPassword: ""}, attribute: attrPassword,
			says: []string{"tpp_password is empty"},
		},
		"empty other half of a pair": {
			block: values{attrUsername: "", attrPassword: "p"}, attribute: attrUsername,
			says: []string{"tpp_username is empty"},
		},
		"empty scope": {
			block: values{attrScope: "", attrAccessToken: "t"}, attribute: attrScope,
			says: []string{"scope is empty", "VENAFI_SCOPE or the default"},
		},
		"empty url": { // it has no default
			block: values{attrURL: "", attrAccessToken: "t"}, attribute: attrURL,
			says: []string{"url is empty", "to use the environment variable VENAFI_URL."},
		},
		"empty password of a certificate overrules the environment": {
			block: values{attrP12File: "c.p12", attrP12Password: ""}, env: values{attrP12Password: "p"},
			way: Certificate, givenBy: []string{"p12_cert_filename", "p12_cert_password"},
		},
		"token with the word Bearer": {
			block: values{attrAccessToken: "Bearer abc"}, attribute: attrAccessToken,
			says: []string{"without the word Bearer"},
		},
		"JWT of the environment with a line break inside": {
			env: values{attrJWT: "a.b\nc"}, attribute: attrJWT, says: []string{"VENAFI_EXTERNAL_JWT is not a token"},
		},
		"token in quotes": {
			block: values{attrAccessToken: `"abc=="`}, attribute: attrAccessToken, says: []string{"access_token " +
				"is not a token", "in quotation marks"},
		},
		"token in single quotes": {
			env: values{attrAccessToken: "'abc=='"}, attribute: attrAccessToken, says: []string{"VENAFI_TOKEN " +
				"is not a token", "in quotation marks"},
		},
		"token that ends in a quote": {
			block: values{attrAccessToken: `abc"`}, attribute: attrAccessToken, says: []string{"in quotation marks"},
		},
		"token after Bearer in lower case": {
			block: values{attrAccessToken: "bearer abc"}, attribute: attrAccessToken,
			says: []string{"begins with the word Bearer"},
		},
		"header as a token": {
			block: values{attrAccessToken: "Authorization: Bearer abc"}, attribute: attrAccessToken,
			says: []string{"begins with the word Bearer"},
		},
		"token with a line break": {
			block: values{attrAccessToken: "abc\ndef"}, attribute: attrAccessToken,
			says: []string{"contains line breaks"},
		},
		"token of an unset template": {
			block: values{attrAccessToken: "${VENAFI_TOKEN}"}, attribute: attrAccessToken,
			says: []string{"characters that a token cannot have"},
		},
		"JWT in quotes": {
			block: values{attrJWT: `"a.b.c"`}, attribute: attrJWT,
			says: []string{"external_jwt is not a token", "in quotation marks"},
		},
		"token after a byte order mark": {
			env: values{attrAccessToken: "\ufeffabc=="}, way: AccessToken, givenBy: []string{"VENAFI_TOKEN"},
		},
		"token that ends in a line break": {
			env: values{attrAccessToken: "abc==\n"}, way: AccessToken, givenBy: []string{"VENAFI_TOKEN"},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			block := values{attrURL: "https://codesign.example.com"}
			maps.Copy(block, tt.block)
			c, problems := Resolve(block, tt.env)
			if tt.attribute == "" {
				if len(problems) > 0 || c.Method != tt.way || !slices.Equal(c.GivenBy, tt.givenBy) {
					t.Fatalf("chose %v given by %v with problems %v", c.Method, c.GivenBy, problems)
				}
				return
			}
			wantProblem(t, problems, tt.attribute, tt.says)
		})
	}
}

func wantProblem(t *testing.T, problems []*Error, attribute string, says []string) {
	t.Helper()
	if len(problems) != 1 || problems[0].Attribute != attribute {
		t.Fatalf("problems are %v, want one at %s", problems, attribute)
	}
	for _, s := range says {
		if !strings.Contains(asShown(problems[0]), s) {
			t.Errorf("%q does not say %q", asShown(problems[0]), s)
		}
	}
}

func TestResolve_AllErrorsAtOnce(t *testing.T) {
	_, problems := Resolve(Settings{
		attrURL: "codesign.example.com", attrUsername: "robot",
		attrScope: "",
	}, Settings{})
	var at []string
	for _, p := range problems {
		at = append(at, p.Attribute)
	}
	slices.Sort(at)
	if !slices.Equal(at, []string{attrScope, attrPassword, attrURL}) {
		t.Errorf("problems at %v: %v", at, problems)
	}
}

func TestResolve_Defaults(t *testing.T) {
	c, problems := Resolve(Settings{}, Settings{
		attrURL:         "https://h/vedsdk/",
		attrAccessToken: "t", attrTrustBundle: "/ca.pem",
	})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if c.ClientID != "terraform-provider-codesign" || c.Scope != "codesign:admin,approve,manage;configuration" || c.BaseURL != "https://h" || c.TrustBundle != "/ca.pem" {
		t.Errorf("chose %v", c)
	}
}

func TestSettingsFromEnvironment(t *testing.T) {
	vars := map[string]string{
		"VENAFI_USER": "robot", "VENAFI_PASS": "", "VENAFI_TOKEN": "  ",
		"VENAFI_P12_CERTIFICATE": "c.p12",
	}
	s := SettingsFromEnvironment(func(name string) (string, bool) { v, ok := vars[name]; return v, ok })
	if want := (Settings{attrUsername: "robot", attrP12File: "c.p12"}); !maps.Equal(s, want) {
		t.Errorf("read %v, want %v: empty and missing variables count as unset", s, want)
	}
}

func TestCredentials_FormatHidesSecrets(t *testing.T) {
	for i, w := range methods {
		c, _ := Resolve(Settings{attrURL: "https://h"}, holding("PLANTED", 1<<i))
		for _, shown := range []string{fmt.Sprintf("%v %+v %#v %s %q", c, c, c, c, c), fmt.Sprint(c.Fields())} {
			if strings.Contains(shown, "PLANTED") {
				t.Errorf("%v shows a secret: %s", w, shown)
			}
		}
	}
}

func TestSettings_Override(t *testing.T) {
	block := Settings{
		attrURL: "https://a.example", attrUsername: "robot", attrPassword: "p", attrScope: "codesign", attrClientID: "c",
	}
	before := maps.Clone(block)
	for name, c := range map[string]struct{ by, want Settings }{
		"nothing": {nil, block},
		"a scope": {Settings{attrScope: "ssh"}, Settings{
			attrURL: "https://a.example", attrUsername: "robot", attrPassword: "p", attrScope: "ssh", attrClientID: "c",
		}},
		"another way": {Settings{attrJWT: "j"}, Settings{
			attrURL: "https://a.example", attrJWT: "j", attrScope: "codesign", attrClientID: "c",
		}},
		"half of a way": {Settings{attrUsername: "jane"}, Settings{
			attrURL: "https://a.example", attrUsername: "jane", attrScope: "codesign", attrClientID: "c",
		}},
		"an empty value": {Settings{attrJWT: ""}, Settings{
			attrURL: "https://a.example", attrJWT: "", attrUsername: "robot", attrPassword: "p",
			attrScope: "codesign", attrClientID: "c",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := block.Override(c.by); !maps.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
			if !maps.Equal(block, before) {
				t.Error("the settings themselves were changed")
			}
		})
	}
}
