package io.tidemill.api.dto;

import java.util.List;

/** Every named pipeline. */
public record PipelineList(List<Pipeline> items) {}
