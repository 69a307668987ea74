package protocol_test

import (
	"bytes"
	"os"
	"os/exec"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/provider/protocol"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
)

// logged is set in a process that makes one call with the log of the plugin libraries as it is.
const logged = "CODESIGN_TEST_LOGGED_CALL"

var logVariables = []string{"TF_LOG_SDK", "TF_LOG_PROVIDER_CODESIGN"}

// The tests run without the log, as a process that Run has prepared.
func TestMain(m *testing.M) {
	if os.Getenv(logged) == "" {
		for _, name := range logVariables {
			_ = os.Setenv(name, "off")
		}
	}
	acctest.Main(m)
}

func TestLogSwitch_LoggedCall(t *testing.T) {
	if os.Getenv(logged) == "" {
		t.Skip("is for the process of TestLogSwitch")
	}
	server := protocol.NewServer(&waiting{})
	conn := connect(t, protocol.NewGRPCServer(server), server)
	request, response := message(t, "GetMetadata.Request", "{}"), message(t, "GetMetadata.Response", "{}")
	if err := conn.Invoke(t.Context(), "/tfplugin6.Provider/GetMetadata", request, response); err != nil {
		t.Fatal(err)
	}
}

func TestLogSwitch(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		value string
		lines bool
	}{
		"on": {"off", false},
		// If this fails, the plugin libraries write no log unless TF_LOG is set, and logSwitch can be removed.
		"off": {"", true},
	} {
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestLogSwitch_LoggedCall$")
		cmd.Env = append(os.Environ(), logged+"=1", "TF_LOG=")
		for _, variable := range logVariables {
			cmd.Env = append(cmd.Env, variable+"="+row.value)
		}
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		if err := cmd.Run(); err != nil {
			t.Fatal(name, err, stderr.String())
		}
		if got := bytes.Contains(stderr.Bytes(), []byte(`"@level":"trace"`)); got != row.lines {
			t.Errorf("log switch %s: a trace is written: %t\n%.300s", name, got, stderr.String())
		}
	}
}
