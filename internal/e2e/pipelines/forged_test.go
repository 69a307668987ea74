package pipelines

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"
)

// forge saves a plan of main with a program in it, as every reader of the repository can make one.
func (s fixture) forge(t *testing.T, plan, trace string) {
	t.Helper()
	work := s.clone("main")
	// In what `terraform show` prints, this is a resource without arguments.
	write(t, filepath.Join(work, "evil.tf"), `resource "terraform_data" "note" {
  provisioner "local-exec" {
    command = "touch `+trace+`"
  }
}
`)
	s.expect(0, work, planScope, "plan", plan)
}

func TestAccApply_ForgedPlan(t *testing.T) {
	t.Parallel()
	s := newFixture(t)
	plan, trace := filepath.Join(s.plans, "forged"), filepath.Join(t.TempDir(), "trace")
	s.forge(t, plan, trace)
	mustContain(t, "the summary of a plan with a program", read(t, filepath.Join(plan, "summary.md")),
		"runs programs that the plan below does not show", "`terraform_data.note: provisioner local-exec`")

	mustContain(t, "the apply", s.apply(1, s.clone("main"), applyScope, plan), "refused", "evil.tf")
	if _, err := os.Stat(trace); err == nil {
		t.Error("the program in the forged plan was run")
	}
	s.checkNoChanges("a refused apply")
}

// Each row changes the archive of a genuine plan, or asks for another one.
func TestAccVerify_Archive(t *testing.T) {
	t.Parallel()
	s := newFixture(t)
	plan := filepath.Join(s.plans, "genuine")
	work := s.clone("main")
	s.expect(0, work, planScope, "plan", plan)
	s.expect(0, work, planScope, "verify", plan)
	genuine := []byte(read(t, filepath.Join(plan, "plan.tfplan")))

	for name, c := range map[string]struct {
		content []byte
		args    []string
		want    string
	}{
		"another file of the configuration": {
			content: repack(t, genuine, nil, "tfconfig/m-/main.tf"), want: "configuration",
		},
		"two files of one name": {
			content: repack(t, genuine, []string{"tfconfig/m-/main.tf"}, ""),
			want:    "not in order",
		},
		"another module": {
			content: repack(t, genuine, []string{"tfconfig/m-evil/main.tf"}, ""),
			want:    "configuration",
		},
		"another lock file": {content: repack(t, genuine, nil, ".terraform.lock.hcl"), want: "lock file"},
		"no archive":        {content: []byte("no archive"), want: "cannot be read"},
		"a plan that OpenTofu encrypted": {
			content: []byte(`{"meta":{"key_provider.pbkdf2.this":"e30="},"encrypted_data":"AAAA",` +
				`"encryption_version":"v0"}`),
			want: "cannot be read",
		},
		"another digest": {content: genuine, args: []string{"0000"}, want: "not the one that was shown"},
	} {
		write(t, filepath.Join(plan, "plan.tfplan"), string(c.content))
		said := s.expect(1, work, planScope, "verify", append([]string{plan}, c.args...)...)
		mustContain(t, name, said, "refused", c.want)
	}
	write(t, filepath.Join(plan, "plan.tfplan"), string(genuine))
	// A file that came beside the checkout, and is in the plan as well.
	write(t, filepath.Join(work, "evil.tf"), "# evil\n")
	s.expect(0, work, planScope, "plan", plan)
	mustContain(t, "an untracked file", s.expect(1, work, planScope, "verify", plan), "not in the repository")
	if err := os.Remove(filepath.Join(work, "evil.tf")); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(work, "ci", "apply"), "#!/bin/sh\n")
	mustContain(t, "a changed checkout", s.expect(1, work, planScope, "verify", plan), "files of the checkout")
}

// repack copies an archive, with further entries and one of other content.
func repack(t *testing.T, archive []byte, more []string, changed string) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range in.File {
		content := []byte("# other\n")
		if f.Name != changed {
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			if content, err = io.ReadAll(r); err != nil {
				t.Fatal(err)
			}
		}
		add(t, w, f.Name, content)
	}
	for _, name := range more {
		add(t, w, name, []byte("# more\n"))
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func add(t *testing.T, w *zip.Writer, name string, content []byte) {
	t.Helper()
	f, err := w.Create(name)
	if err == nil {
		_, err = f.Write(content)
	}
	if err != nil {
		t.Fatal(err)
	}
}
