package config

import (
	"context"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// PrivateReader is the private state of a request.
type PrivateReader interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
}

// PrivateWriter is the private state of a response.
type PrivateWriter interface {
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

// PrivateKey is an entry of the private state. Its value is stored as JSON.
type PrivateKey[T any] string

// Get reports false for an entry that does not exist or that another version of the provider wrote in
// another form.
func (k PrivateKey[T]) Get(
	ctx context.Context, private PrivateReader, diagnostics *diag.Diagnostics,
) (value T, found bool) {
	encoded, got := private.GetKey(ctx, string(k))
	diagnostics.Append(got...)
	return value, len(encoded) > 0 && json.Unmarshal(encoded, &value) == nil
}

// Set stores a value.
func (k PrivateKey[T]) Set(ctx context.Context, private PrivateWriter, value T, diagnostics *diag.Diagnostics) {
	encoded, err := json.Marshal(value)
	if err != nil {
		diagnostics.AddError("Unable to write the private state", err.Error())
		return
	}
	diagnostics.Append(private.SetKey(ctx, string(k), encoded)...)
}

// Clear removes the entry.
func (k PrivateKey[T]) Clear(ctx context.Context, private PrivateWriter, diagnostics *diag.Diagnostics) {
	diagnostics.Append(private.SetKey(ctx, string(k), nil)...)
}
