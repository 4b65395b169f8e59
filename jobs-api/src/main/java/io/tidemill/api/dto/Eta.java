package io.tidemill.api.dto;

import io.tidemill.api.estimate.EtaBasis;

/** How long a job will probably still take. */
public record Eta(int seconds, int low, int high, EtaBasis basis) {}
