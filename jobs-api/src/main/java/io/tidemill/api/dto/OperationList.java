package io.tidemill.api.dto;

import java.util.List;

/** Every operation. */
public record OperationList(List<Operation> items) {}
