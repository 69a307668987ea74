// Package pipelines has tests only. They run examples/pipelines as a code host
// and its runners would: a bare repository, fresh clones, the scripts that the pipelines run, and
// the provider installed by init from a mirror and a lock file.
package pipelines
