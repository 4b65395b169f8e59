package io.tidemill.processor.config;

import org.eclipse.microprofile.config.spi.Converter;

/** Reads a number of slots, or {@code cores}. */
public final class SlotsConverter implements Converter<Integer> {
    private static final long serialVersionUID = 1L;

    @Override
    public Integer convert(String value) {
        return value.trim().equals("cores")
                ? Runtime.getRuntime().availableProcessors()
                : Integer.valueOf(value.trim());
    }
}
