/**
 * What an operation is. To add one: a descriptor in job-contract, a file in {@code builtin}, a line
 * in {@code BuiltinOperations}.
 */
@NullMarked
package io.tidemill.processor.operation;

import org.jspecify.annotations.NullMarked;
