package rights

import (
	"cmp"
	"slices"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/signright"
)

// table is the content of the Markdown and CSV tables.
type table struct {
	objects    []object // sorted by DN without case
	identities map[string]client.Identity
}

type object struct {
	dn     string
	grants []signright.Grant
}

func newTable(dns []string, read [][]signright.Grant, identities map[string]client.Identity) table {
	t := table{identities: identities}
	for i, name := range dns {
		t.objects = append(t.objects, object{name, read[i]})
	}
	slices.SortFunc(t.objects, func(a, b object) int {
		return cmp.Or(cmp.Compare(dn.Fold(a.dn), dn.Fold(b.dn)), cmp.Compare(a.dn, b.dn))
	})
	return t
}

// columns are the rights that any trustee has on any object, in bit order.
func (t table) columns() []string {
	var sum int64
	for _, o := range t.objects {
		for _, g := range o.grants {
			sum |= g.Value
		}
	}
	return signright.Names(sum)
}

// labels are the shortest unique names of trustees: the name, the prefixed name, or the prefixed
// universal.
func (t table) labels() map[string]string {
	names, prefixed := map[string]int{}, map[string]int{}
	for _, i := range t.identities {
		names[i.Name]++
		prefixed[i.PrefixedName]++
	}
	labels := map[string]string{}
	for trustee, i := range t.identities {
		switch {
		case i.Name != "" && names[i.Name] == 1:
			labels[trustee] = i.Name
		case i.PrefixedName != "" && prefixed[i.PrefixedName] == 1:
			labels[trustee] = i.PrefixedName
		default:
			labels[trustee] = trustee
		}
	}
	return labels
}
