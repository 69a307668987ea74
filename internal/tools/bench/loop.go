package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
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
	body, err := json.Marshal(map[string]string{"Dn": dn})
	if err != nil {
		return err
	}
	url := s.url + "/vedsdk/Codesign/GetObjectRights"
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer "+s.token)
	req.Header.Set("Content-Type", "application/json")
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	var rights struct {
		Result     int
		RightsList []struct {
			Key   string
			Value int
		}
	}
	if err := json.Unmarshal(answer, &rights); err != nil || len(rights.RightsList) == 0 {
		return fmt.Errorf("no rights on %s: %s %s", dn, resp.Status, answer)
	}
	return nil
}
