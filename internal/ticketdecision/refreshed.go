package ticketdecision

import (
	"sync"

	"github.com/codesign-tf/terraform-provider-codesign/internal/api"
	"github.com/codesign-tf/terraform-provider-codesign/internal/dn"
)

// refreshed are the tickets that were read in this process, as every plan does
// before anything else, unless it is told not to. An apply plans once more in a
// process of its own, without that; nothing else tells the two plans apart.
var refreshed sync.Map

type refreshedKey struct {
	client *api.Client
	guid   string
}

func keyOf(client *api.Client, m *model) refreshedKey {
	return refreshedKey{client, dn.CanonicalGuid(m.Guid.ValueString())}
}

func noteRead(client *api.Client, state *model) { refreshed.Store(keyOf(client, state), true) }

func wasRead(client *api.Client, state *model) bool {
	_, read := refreshed.Load(keyOf(client, state))
	return read
}
