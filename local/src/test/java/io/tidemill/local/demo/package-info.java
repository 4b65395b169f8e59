@NullMarked
package io.tidemill.local.demo;

import org.jspecify.annotations.NullMarked;
