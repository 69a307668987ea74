package main

import (
	"bytes"
	"fmt"
	"reflect"

	sourcev1 "github.com/fluxcd/source-controller/api/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/yaml"
)

// tofu is the tofu controller's Terraform object (infra.contrib.fluxcd.io/v1alpha2).
type tofu struct {
	metav1.TypeMeta `json:",inline"`
	Metadata        metav1.ObjectMeta `json:"metadata"`
	Spec            struct {
		SourceRef struct {
			Kind string `json:"kind"`
			Name string `json:"name"`
		} `json:"sourceRef"`
		Path                       string          `json:"path"`
		Interval                   metav1.Duration `json:"interval"`
		RetryInterval              metav1.Duration `json:"retryInterval"`
		ApprovePlan                string          `json:"approvePlan"`
		StoreReadablePlan          string          `json:"storeReadablePlan"`
		DisableDriftDetection      bool            `json:"disableDriftDetection"`
		DestroyResourcesOnDeletion bool            `json:"destroyResourcesOnDeletion"`
		BranchPlanner              struct {
			EnablePathScope bool `json:"enablePathScope"`
		} `json:"branchPlanner"`
		ServiceAccountName string `json:"serviceAccountName"`
		RunnerPodTemplate  struct {
			Spec struct {
				Env          []corev1.EnvVar      `json:"env"`
				VolumeMounts []corev1.VolumeMount `json:"volumeMounts"`
				Volumes      []corev1.Volume      `json:"volumes"`
			} `json:"spec"`
		} `json:"runnerPodTemplate"`
	} `json:"spec"`
}

// kinds are the objects in use, by apiVersion and kind.
var kinds = map[string]any{
	"v1 ServiceAccount":                          corev1.ServiceAccount{},
	"batch/v1 CronJob":                           batchv1.CronJob{},
	"rbac.authorization.k8s.io/v1 RoleBinding":   rbacv1.RoleBinding{},
	"rbac.authorization.k8s.io/v1 Role":          rbacv1.Role{},
	"source.toolkit.fluxcd.io/v1 GitRepository":  sourcev1.GitRepository{},
	"infra.contrib.fluxcd.io/v1alpha2 Terraform": tofu{},
}

func checkManifests(content []byte) error {
	for document := range bytes.SplitSeq(content, []byte("\n---\n")) {
		var head metav1.TypeMeta
		if err := yaml.Unmarshal(document, &head); err != nil {
			return err
		}
		name := head.APIVersion + " " + head.Kind
		object, ok := kinds[name]
		if !ok {
			return fmt.Errorf("nothing here knows a %s", name)
		}
		if err := yaml.UnmarshalStrict(document, reflect.New(reflect.TypeOf(object)).Interface()); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}
