package client

import (
	"context"
	"reflect"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// configurationMembers are all members of OAS and those of older servers.
const configurationMembers = `{"ApprovedKeyStorageLocations":{"Items":["Software"]},
	"AvailableKeyStorageLocations":["HSM"],
"DefaultCAContainer":"a","DefaultCertificateContainer":"b","DefaultCredentialContainer":"c",
"EnforceGroupRoles":true,"PreventSelfDealing":false,"PreventUnlimitedSignings":true,"DisableSigningArchive":false,
"UseClientPublicEndpoints":true,"KeyUseTimeout":60,"MaxEnvironmentCount":0,"ArchiveRetention":30,
"MinimumSupportedClientVersion":"23.1","MaximumSupportedClientVersion":"","ProjectCreateFlowDN":"d",
"ProjectUpdateFlowDN":"","ProjectDeleteFlowDN":"f","EnvironmentCreateFlowDN":"g","EnvironmentUpdateFlowDN":"h",
"EnvironmentDeleteFlowDN":"i","EnvironmentTemplateUpdateFlowDN":"j","RequestInProgressMessage":"k",
"FlowInstanceMacro":"l","ProjectDescriptionTooltip":"m"}`

func readConfiguration(t *testing.T, configuration string) *GlobalConfiguration {
	t.Helper()
	body := `{"GlobalConfiguration":` + configuration + `,"Result":1,"Success":true}`
	got, err := clientOf(t, always(canned{body: body})).GetGlobalConfiguration(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestGetGlobalConfiguration_AllMembers(t *testing.T) {
	for _, spelling := range []string{configurationMembers, strings.ToLower(configurationMembers)} {
		got := reflect.ValueOf(readConfiguration(t, spelling)).Elem()
		for i := range got.NumField() {
			if got.Field(i).IsNil() {
				t.Errorf("%s was sent, and is nil", got.Type().Field(i).Name)
			}
		}
	}
	got := readConfiguration(t, configurationMembers)
	if *got.KeyUseTimeout != 60 || *got.MaxEnvironmentCount != 0 || *got.PreventSelfDealing ||
		!*got.EnforceGroupRoles ||
		*got.ProjectUpdateFlowDN != "" || *got.ProjectCreateFlowDN != "d" ||
		got.AvailableKeyStorageLocations[0] != "HSM" {
		t.Errorf("got %+v", got)
	}
}

func TestGetGlobalConfiguration_AbsentIsNil(t *testing.T) {
	null := strings.NewReplacer(`{"Items":["Software"]}`, "null", `["HSM"]`, "null", "true", "null", "false", "null")
	for _, sent := range []string{
		`{}`,
		null.Replace(`{"EnforceGroupRoles":true,"ApprovedKeyStorageLocations":{"Items":["Software"]},
"AvailableKeyStorageLocations":["HSM"],"DefaultCAContainer":null,"KeyUseTimeout":null}`),
	} {
		if got := readConfiguration(t, sent); !reflect.DeepEqual(got, &GlobalConfiguration{}) {
			t.Errorf("%s: got %+v", sent, got)
		}
	}
	if got := readConfiguration(t, `{"ApprovedKeyStorageLocations":{"Items":[]}}`); got.ApprovedKeyStorageLocations ==
		nil {
		t.Error("an empty list is nil")
	}
}

func TestGetGlobalConfiguration_Missing(t *testing.T) {
	_, err := clientOf(t, always(canned{body: signOK})).GetGlobalConfiguration(t.Context())
	if e := errorOf(t, err); e.Reason != EmptyAnswer {
		t.Errorf("got %v", err)
	}
}

func TestGetGlobalConfigurationCached_OneRequest(t *testing.T) {
	forbidden := canned{status: 403, body: `{"error":"insufficient_scope","error_description":"needs codesign:manage"}`}
	for name, answer := range map[string]canned{
		"read":          {body: `{"GlobalConfiguration":{},"Result":1,"Success":true}`},
		"missing scope": forbidden, "missing role": {body: `{"Result":2,"Success":false}`},
		"older server": {status: 404}, "empty": {body: signOK},
	} {
		synctest.Test(t, func(t *testing.T) {
			answer.delay = time.Second // so that the callers overlap
			s := always(answer)
			c := clientOf(t, s)
			var callers sync.WaitGroup
			for range 3 {
				callers.Go(func() { _, _ = c.GetGlobalConfigurationCached(t.Context()) })
			}
			callers.Wait()
			if _, err := c.GetGlobalConfigurationCached(t.Context()); (err == nil) != (name == "read") ||
				len(s.requests()) != 1 {
				t.Errorf("%s: %d requests, %v", name, len(s.requests()), err)
			}
		})
	}
}

func TestGetGlobalConfigurationCached_RepeatsAfterFailureOfConnection(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := inTurn(canned{delay: time.Minute}, canned{body: `{"GlobalConfiguration":{},"Result":1,"Success":true}`})
		c := clientOf(t, s)
		short, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := c.GetGlobalConfigurationCached(short); ReasonOf(err) != Cancelled {
			t.Errorf("got %v", err)
		}
		if _, err := c.GetGlobalConfigurationCached(t.Context()); err != nil {
			t.Errorf("got %v", err)
		}
	})
}
