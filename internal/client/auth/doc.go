// Package auth decides how the provider authenticates, obtains the access token, keeps and renews it, and builds the
// HTTP transport with its TLS. It knows nothing of Terraform. Nothing in it touches the network before the first Token.
//
// Resolve turns what the block and the environment give into a Choice; NewTransport and NewSource build on it.
package auth
