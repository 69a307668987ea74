package simulator

import (
	"cmp"
	"time"
)

// failureCount is how often, and since when, an operation has failed.
type failureCount struct {
	hits  int
	first time.Time
}

// failing is the failure that a request for an operation meets; nil for none.
func (c *call) failing(op string) *Failure {
	f, set := c.settings.Failures[op]
	if !set {
		return nil
	}
	count := c.failed[op]
	if count == nil {
		count = &failureCount{first: c.now}
		c.failed[op] = count
	}
	if f.Count > 0 && count.hits >= f.Count || f.For > 0 && !c.now.Before(count.first.Add(milliseconds(f.For))) {
		return nil
	}
	count.hits++
	return &f
}

// carryOut calls a handler after what another writer does, unless a failure keeps it from anything.
func (c *call) carryOut(op *operation) answer {
	c.otherWriter(op)
	c.failure = c.failing(op.name)
	if c.failure == nil {
		return op.handle(c)
	}
	failed := signFail(c.failure.Result, "The operation could not be completed.")
	if c.failure.Saved == "" {
		return failed
	}
	if a := op.handle(c); a.result == nil || *a.result != signSuccess {
		return a
	}
	return failed
}

// otherWriter changes the project of a request before it is carried out, where the settings say so.
func (c *call) otherWriter(op *operation) {
	w := c.settings.OtherWriter
	if w == nil || w.Count > 0 && c.otherWrites >= w.Count {
		return
	}
	if cmp.Or(w.Before, "Codesign/UpdateProject") != op.name {
		return
	}
	if p := c.requested(); p != nil {
		c.otherWrites++
		c.setValues(p, c.edit(p.Project, w.Edit), "", c.now)
	}
}

// requested is the project that a request is about, without any check; nil for none.
func (c *call) requested() *project {
	names, sent := c.member("Project")
	if !sent {
		names = c
	}
	ref := names.ref("Dn", "Guid", "Id")
	if ref == (objectRef{}) {
		ref = names.ref("ObjectDN", "ObjectGUID", "ObjectID")
	}
	it := c.objects.find(ref)
	if it == nil {
		return nil
	}
	return it.project
}
