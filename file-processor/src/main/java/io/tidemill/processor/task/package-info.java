/**
 * Takes bundles of tasks, runs them one attempt at a time, tells what happened, stops and drains.
 * It decides nothing: whether an attempt counts is decided where the events arrive.
 */
@NullMarked
package io.tidemill.processor.task;

import org.jspecify.annotations.NullMarked;
