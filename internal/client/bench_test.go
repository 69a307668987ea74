package client

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
	"time"
)

// enumerationOfSize is an answer with n projects of a usual size, some 1.3 kB each.
func enumerationOfSize(n int) []byte {
	var out bytes.Buffer
	out.WriteString(`{"Projects":[`)
	for i := range n {
		if i > 0 {
			out.WriteByte(',')
		}
		fmt.Fprintf(&out, `{"Guid":"{0f1e2d3c-4b5a-6978-8796-%012d}","Id":%d,`+
			`"Dn":"\\VED\\Code Signing\\Projects\\Project %d","Status":1,`+
			`"Description":"firmware of the rocket, stage %d","CreatedOn":"\/Date(1760000000000+0000)\/",`+
			`"ApprovalSubmissionDate":"2025-10-09T08:53:20Z",`+
			`"Owners":{"Items":["local:{aaaaaaaa-0000-1111-2222-%012d}","local:{bbbbbbbb-0000-1111-2222-%012d}"],`+
			`"Dirty":false},"Auditors":{"Items":[]},`+
			`"KeyUsers":{"Items":["AD+CORP:00112233445566778899aabbccddeeff"]},"KeyUseApprovers":{"Items":[]},`+
			`"ApplicationDNs":{"Items":[%s]},`+
			`"Applications":[],"Collections":[],`+
			`"CertificateEnvironments":[{"Dn":"\\VED\\Code Signing\\Projects\\Project %d\\Production","Guid":"{x}",`+
			`"Id":%d,"Status":1,"Description":"%s"}],"KeyPairEnvironments":[],"CSPEnvironments":[],`+
			`"GPGEnvironments":[],"CustomFieldAttributes":{"Items":[]}}`,
			i, i, i, i, i, i, `"\\VED\\Code Signing\\Signing Applications\\jarsigner"`, i, i, strings.Repeat("text ",
				60))
	}
	out.WriteString(`],"Result":1,"Success":true}`)
	return out.Bytes()
}

func BenchmarkEnumerateProjects(b *testing.B) {
	body := enumerationOfSize(1000)
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		_, err := decodeProjects(bytes.NewReader(body), func(*wireProject) error { n++; return nil })
		if err != nil || n != 1000 {
			b.Fatal(n, err)
		}
	}
}

func BenchmarkRights(b *testing.B) {
	rows := make([]string, 100)
	for i := range rows {
		rows[i] = fmt.Sprintf(`{"key":"local:{aaaaaaaa-0000-1111-2222-%012d}","value":72}`, i)
	}
	s := always(canned{body: `{"RightsList":[` + strings.Join(rows, ",") + `],"Result":1,"Success":true}`})
	c := clientOf(b, s)
	b.ReportAllocs()
	for b.Loop() {
		got, err := c.GetObjectRights(b.Context(), `\VED\X`)
		if err != nil || len(got) != 100 {
			b.Fatal(len(got), err)
		}
		s.log = s.log[:0]
	}
}

func BenchmarkReadProjectRemembered(b *testing.B) {
	s := newCompany(1000)
	c := clientOf(b, s)
	sweep := &enumeration{ended: time.Now(), found: map[string]*Project{}}
	for id := range int64(1000) {
		row := &Project{ID: id + 1}
		sweep.found[row.ref().keys()[0]] = row
	}
	_, _ = sweep.request.Get(b.Context(), "", func(context.Context) (struct{}, error) { return struct{}{}, nil })
	c.coalescer.newest = sweep
	b.ReportAllocs()
	for i := int64(0); b.Loop(); i++ {
		sweep.ended = c.coalescer.last
		if _, err := c.GetProjectCached(b.Context(), ByID(i%1000+1)); err != nil {
			b.Fatal(err)
		}
	}
}
