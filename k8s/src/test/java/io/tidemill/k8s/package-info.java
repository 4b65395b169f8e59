/**
 * Holds the manifests and the chart of this folder against what Kubernetes, KEDA and the
 * applications know.
 */
@NullMarked
package io.tidemill.k8s;

import org.jspecify.annotations.NullMarked;
