package protocol

import (
	"maps"
	"testing"
)

func TestTheLibrariesAreSilentWhileNobodyListens(t *testing.T) {
	t.Parallel()
	silent := map[string]string{"TF_LOG_SDK": "off", "TF_LOG_PROVIDER_CODESIGN": "off"}
	for _, row := range []struct {
		environment []string
		want        map[string]string
	}{
		{nil, silent},
		{[]string{"PATH=/bin", "TF_LOG="}, silent},
		{[]string{"TF_LOG=OFF"}, silent},
		{[]string{"TF_LOG=trace"}, nil},
		{[]string{"TF_LOG_PROVIDER=debug"}, nil},
		{[]string{"TF_LOG_PROVIDER_CODESIGN_API=debug"}, nil},
		{[]string{"TF_LOG_SDK_PROTO=trace"}, nil},
		{[]string{"TF_LOG=off", "TF_LOG_SDK=warn"}, nil},
	} {
		if got := silence(row.environment); !maps.Equal(got, row.want) {
			t.Errorf("%v: %v", row.environment, got)
		}
	}
}
