package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"
)

// readRightsInLoop reads the rights on n objects with the fewest requests and the least code that
// can do it.
func readRightsInLoop(ctx context.Context, n int, latency time.Duration, workers int) (usage, error) {
	s, err := startServer(n, latency)
	if err != nil {
		return usage{}, err
	}
	defer s.server.Close()
	began := time.Now()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: workers, MaxConnsPerHost: workers}}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(workers)
	for i := range n {
		group.Go(func() error { return s.readRights(ctx, client, dnOf(i)) })
	}
	err = group.Wait()
	return usage{wall: time.Since(began)}, err
}

func (s *server) readRights(ctx context.Context, client *http.Client, dn string) error {
	body := strings.NewReader(fmt.Sprintf(`{"Dn":%q}`, dn))
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.url+"/vedsdk/Codesign/GetObjectRights", body)
	if err != nil {
		return err
	}
	req.Header = http.Header{"Authorization": {"Bearer " + s.token}, "Content-Type": {"application/json"}}
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	var rights struct {
		RightsList []struct {
			Key   string
			Value int
		}
	}
	err = json.NewDecoder(resp.Body).Decode(&rights)
	if err == nil && len(rights.RightsList) == 0 {
		err = fmt.Errorf("no rights on %s: %s", dn, resp.Status)
	}
	return err
}
