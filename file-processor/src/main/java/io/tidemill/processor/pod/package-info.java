/** What a processor tells Kubernetes about the pod it runs in, where it may. */
@NullMarked
package io.tidemill.processor.pod;

import org.jspecify.annotations.NullMarked;
