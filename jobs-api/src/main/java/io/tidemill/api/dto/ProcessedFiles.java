package io.tidemill.api.dto;

import java.util.List;

/** The answer of the synchronous form. */
public record ProcessedFiles(Job job, List<FileResult> results) {}
