/** Where the bytes of files live: a port, and one package per kind of storage. */
@NullMarked
package io.tidemill.storage;

import org.jspecify.annotations.NullMarked;
