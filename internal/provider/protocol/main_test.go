package protocol_test

import (
	"os"
	"testing"
)

// Without these the plugin libraries write a trace of every call, as in a process that Run has not prepared.
func TestMain(m *testing.M) {
	for _, name := range []string{"TF_LOG_SDK", "TF_LOG_PROVIDER_CODESIGN"} {
		_ = os.Setenv(name, "off")
	}
	m.Run()
}
