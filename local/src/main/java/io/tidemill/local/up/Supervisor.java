package io.tidemill.local.up;

import io.tidemill.local.folder.DataFolder;
import io.tidemill.local.process.LaunchException;
import io.tidemill.local.process.ProcessStarter;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Runs one whole local Tidemill on one data folder. */
public final class Supervisor implements AutoCloseable {
    private final UpOptions options;
    private final DataFolder data;
    private final ProcessStarter starter;
    private final RunFile runFile;
    private final Consumer<String> news;
    private final List<List<Keeper>> stages = new CopyOnWriteArrayList<>();

    /**
     * Takes the data folder and ends what an earlier launcher left behind there.
     *
     * @param news takes lines for people
     * @throws LaunchException if the folder cannot be used
     */
    public Supervisor(UpOptions options, Consumer<String> news) {
        this.options = options;
        this.news = news;
        this.data = DataFolder.open(options.data());
        this.runFile = new RunFile(data.runFile());
        int ended = LeftOvers.end(data.runFile());
        if (ended > 0) {
            news.accept("ended " + ended + " processes that an earlier launcher left behind");
        }
        this.starter = new ProcessStarter(data.logs());
    }

    /**
     * Starts everything; returns when all of it serves.
     *
     * @throws LaunchException if something does not start; close this then
     */
    public void start(Programs programs) {
        Fleet fleet = new Fleet(options, programs, data, starter);
        List<Place> services = fleet.services();
        startStage(fleet.foundation());
        startStage(services);
    }

    private void startStage(List<Place> places) {
        List<Keeper> stage =
                places.stream().map(place -> new Keeper(place, this::writeRunFile, news)).toList();
        stages.add(stage);
        stage.forEach(Keeper::start);
        stage.forEach(Keeper::awaitReadyAndWatch);
    }

    private void writeRunFile() {
        try {
            runFile.write(stages.stream().flatMap(List::stream).toList());
        } catch (IOException e) {
            news.accept("cannot write run.json, so it is out of date: " + e.getMessage());
        }
    }

    /** Stops everything in good order, last started first. The data stays. */
    @Override
    public void close() {
        stages.reversed().forEach(Supervisor::stopStage);
        starter.close();
        try {
            runFile.remove();
        } catch (IOException e) {
            news.accept("cannot remove run.json: " + e.getMessage());
        }
        data.close();
    }

    private static void stopStage(List<Keeper> stage) {
        try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
            stage.forEach(keeper -> all.execute(keeper::stop));
        }
    }
}
