package signright_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/signright"
)

func TestNames(t *testing.T) {
	for value, want := range map[int64]string{
		0:                    "",
		1:                    "Admin",
		2:                    "Use",
		4:                    "Audit",
		8:                    "Owner",
		16:                   "ProjectApproval",
		32:                   "ApplicationAdmin",
		64:                   "ApproveUse",
		72:                   "Owner, ApproveUse",
		127:                  "Admin, Use, Audit, Owner, ProjectApproval, ApplicationAdmin, ApproveUse",
		128:                  "Unknown (128)",
		2 | 128 | 512:        "Use, Unknown (128), Unknown (512)",
		1 << 40:              "Unknown (1099511627776)",
		math.MinInt64:        "Unknown (-9223372036854775808)",
		math.MinInt64 | 8:    "Owner, Unknown (-9223372036854775808)",
		math.MaxInt64 &^ 127: strings.Join(unknownBits(7, 62), ", "),
	} {
		if got := strings.Join(signright.Names(value), ", "); got != want {
			t.Errorf("%d: got %q, want %q", value, got, want)
		}
	}
	if signright.Names(0) == nil {
		t.Error("got nil, want an empty list")
	}
}

func unknownBits(from, to int) []string {
	var names []string
	for i := from; i <= to; i++ {
		names = append(names, signright.Names(1<<i)...)
	}
	return names
}

func TestValue(t *testing.T) {
	for names, want := range map[string]int64{
		"":                               0,
		"Owner|ApproveUse":               72,
		"ApproveUse|Owner|Owner":         72,
		"Unknown (128)|Use":              130,
		"Unknown (8)":                    8,
		"Unknown (-9223372036854775808)": math.MinInt64,
	} {
		if got, err := signright.Value(split(names)); err != nil || got != want {
			t.Errorf("%q: got %d, %v, want %d", names, got, err, want)
		}
	}
}

func TestValue_Errors(t *testing.T) {
	for name, complaint := range map[string]string{
		"owner":                          `did you mean "Owner"?`,
		"Approve Use":                    `did you mean "ApproveUse"?`,
		"KeyUser":                        "the names are Admin, Use, Audit",
		"None":                           "is not the name of a right",
		" ":                              "is not the name of a right",
		"Unknown (128":                   "is not the name of a right",
		"8)":                             "is not the name of a right",
		"Unknown (0)":                    "not the value of a single bit",
		"Unknown (3)":                    "not the value of a single bit",
		"Unknown (-1)":                   "not the value of a single bit",
		"Unknown (+128)":                 "not a valid number",
		"Unknown (0128)":                 "not a valid number",
		"Unknown ( 128)":                 "not a valid number",
		"Unknown ()":                     "not a valid number",
		"Unknown (99999999999999999999)": "not a valid number",
	} {
		if got, err := signright.Value([]string{"Use", name}); err == nil || !strings.Contains(err.Error(), complaint) {
			t.Errorf("%q: got %d, %v, want %q in it", name, got, err, complaint)
		}
	}
}

func TestKnown_ReturnsCopy(t *testing.T) {
	signright.Known()[0] = "changed"
	if got := signright.Known(); got[0] != "Admin" || len(got) != 7 {
		t.Errorf("got %q", got)
	}
}

func split(names string) []string {
	if names == "" {
		return nil
	}
	return strings.Split(names, "|")
}

func FuzzNames_InverseOfValue(f *testing.F) {
	for _, seed := range []int64{0, 72, 127, 128, -1, math.MinInt64, math.MaxInt64} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, value int64) {
		if back, err := signright.Value(signright.Names(value)); err != nil || back != value {
			t.Errorf("%d became %q became %d, %v", value, signright.Names(value), back, err)
		}
	})
}

func FuzzValue_NamesContainInput(f *testing.F) {
	for _, seed := range []string{"Owner|ApproveUse", "Unknown (128)", "Unknown (-1)", "owner", "Unknown ()|Use"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, joined string) {
		value, err := signright.Value(split(joined))
		if err != nil {
			return
		}
		for _, name := range split(joined) {
			bit, err := signright.Value([]string{name})
			if err != nil || value&bit != bit || bit == 0 || !slices.Contains(signright.Names(value),
				signright.Names(bit)[0]) {
				t.Errorf("%q of %q is not in %q (%v)", name, joined, signright.Names(value), err)
			}
		}
	})
}
