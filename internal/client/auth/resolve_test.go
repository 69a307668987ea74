package auth

import (
	"fmt"
	"maps"
	"strings"
	"testing"
)

// parts are the attributes that make a way whole.
var parts = map[Method][]string{
	AccessToken:      {attrAccessToken},
	RefreshTokenFile: {attrRefreshTokenFile},
	Password:         {attrUsername, attrPassword},
	Certificate:      {attrP12File},
	JWT:              {attrJWT},
	JWTFile:          {attrJWTFile},
}

// methods lists all methods in their order of precedence.
var methods = []Method{AccessToken, RefreshTokenFile, Password, Certificate, JWT, JWTFile}

// holding are the values of the ways whose bits are set in a set, each value naming the place it is from.
func holding(where string, set int) map[string]string {
	values := map[string]string{}
	for i, w := range methods {
		if set&(1<<i) == 0 {
			continue
		}
		for _, a := range parts[w] {
			values[a] = where + "-" + a
		}
	}
	return values
}

func waysOf(set int) []Method {
	var out []Method
	for i, w := range methods {
		if set&(1<<i) != 0 {
			out = append(out, w)
		}
	}
	return out
}

func TestResolve_Combinations(t *testing.T) {
	for blockSet := range 1 << len(methods) {
		for envSet := range 1 << len(methods) {
			t.Run(fmt.Sprintf("block %v, environment %v", waysOf(blockSet), waysOf(envSet)), func(t *testing.T) {
				block := holding("block", blockSet)
				block[attrURL] = "https://codesign.example.com"
				c, problems := Resolve(block, holding("env", envSet))
				checkCombination(t, waysOf(blockSet), waysOf(envSet), c, problems)
			})
		}
	}
}

func checkCombination(t *testing.T, inBlock, inEnv []Method, c Credentials, problems []*Error) {
	t.Helper()
	switch {
	case len(inBlock) > 1:
		wantTwoWays(t, inBlock, problems)
	case len(inBlock) == 1:
		wantChoice(t, inBlock[0], "block", c, problems)
	case len(inEnv) > 0:
		wantChoice(t, inEnv[0], "env", c, problems)
	case len(problems) != 1 || problems[0].Summary != "No authentication method is set":
		t.Fatalf("nothing was given, and the problems are %v", problems)
	}
}

func wantTwoWays(t *testing.T, inBlock []Method, problems []*Error) {
	t.Helper()
	if len(problems) != 1 || problems[0].Summary != "More than one authentication method" {
		t.Fatalf("problems are %v", problems)
	}
	for _, w := range inBlock {
		if !strings.Contains(problems[0].Detail, parts[w][0]) {
			t.Errorf("%q is not named in %q", parts[w][0], problems[0].Detail)
		}
	}
	if problems[0].Attribute != parts[inBlock[1]][0] {
		t.Errorf("points at %q", problems[0].Attribute)
	}
}

// wantChoice checks that the parts of the way, and no other, come from where they should.
func wantChoice(t *testing.T, w Method, where string, c Credentials, problems []*Error) {
	t.Helper()
	if len(problems) > 0 || c.Method != w {
		t.Fatalf("chose %v with problems %v, want %v", c.Method, problems, w)
	}
	want := Settings{}
	for _, attribute := range parts[w] {
		want[attribute] = where + "-" + attribute
	}
	if !maps.Equal(c.values, want) {
		t.Errorf("values are %v, want %v", c.values, want)
	}
}

func TestResolve_SeveralErrors(t *testing.T) {
	type values = map[string]string
	for name, tt := range map[string]struct {
		block, env values
		want       []string // the problems in the order of their report
	}{
		"empty value beside half a method": {
			block: values{attrUsername: "robot", attrJWT: ""},
			want:  []string{"external_jwt is empty", "tpp_password is missing"},
		},
		"empty value without a method": {
			block: values{attrScope: ""}, want: []string{"scope is empty", "No authentication method is set"},
		},
		"empty value beside a method of the environment": {
			block: values{attrClientID: ""}, env: values{attrAccessToken: "t"}, want: []string{"client_id is empty"},
		},
		"empty value and two methods": {
			block: values{attrUsername: "", attrPassword: "p", attrAccessToken: "t"},
			want:  []string{"tpp_username is empty", "sets access_token and tpp_password"},
		},
		"certificate twice, and not a path": {
			block: values{attrP12Data: "AAAA", attrP12File: "-----BEGIN CERTIFICATE-----"},
			want:  []string{"p12_cert_filename and p12_cert_data are both set", "p12_cert_filename is not a path"},
		},
		"certificate of the environment that the block overrides": {
			block: values{attrP12Data: "AAAA"}, env: values{attrP12File: "-----BEGIN CERTIFICATE-----"},
		},
		"empty client_id": {
			block: values{attrClientID: "", attrAccessToken: "t"},
			want:  []string{"Set a value, or null to use the environment variable VENAFI_CLIENT_ID or the default."},
		},
		"empty value without a variable": {
			block: values{attrP12Data: "", attrP12File: "c.p12"},
			want:  []string{"Set a value, or null.", "are both set"},
		},
	} {
		block := Settings{attrURL: base}
		maps.Copy(block, tt.block)
		_, problems := Resolve(block, tt.env)
		if len(problems) != len(tt.want) {
			t.Errorf("%s: problems are %v", name, problems)
			continue
		}
		for i, want := range tt.want {
			if shown := asShown(problems[i]); !strings.Contains(shown, want) {
				t.Errorf("%s: %q does not say %q", name, shown, want)
			}
		}
	}
}
