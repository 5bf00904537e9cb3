package org.mtl4j.server.wiring;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.server.config.ServedModel;
import org.mtl4j.server.execution.BatchRules;
import org.mtl4j.server.execution.ComputeExecutor;
import org.mtl4j.server.http.Protection;
import org.mtl4j.server.http.ServerOptions;
import org.mtl4j.server.model.Models;
import org.mtl4j.server.model.SavedModelLoader;
import org.mtl4j.server.routing.Split;
import org.mtl4j.server.trace.RequestListener;
import org.mtl4j.serving.feedback.FeedbackSettings;

/**
 * What a server is started with.
 *
 * @param models what it serves, at least at first
 * @param network where and how it listens
 * @param compute how requests are computed
 * @param polling how versions come and go
 * @param operating who looks at it, and who comes in
 */
public record ServerSettings(
    List<ServedModel> models,
    ServerOptions network,
    Compute compute,
    Models.Options polling,
    Operating operating) {
  /** Copies the list. */
  public ServerSettings {
    models = List.copyOf(models);
  }

  /**
   * How requests are computed.
   *
   * @param size threads and places to wait
   * @param rules how requests are put together
   * @param loading how versions are loaded
   * @param splits by model, how requests that name no version and no label are shared out
   */
  public record Compute(
      ComputeExecutor.Size size,
      BatchRules rules,
      SavedModelLoader.Options loading,
      Map<String, Split> splits) {
    /** Copies the map. */
    public Compute {
      splits = Map.copyOf(splits);
    }

    /** The latest version answers. */
    public Compute(ComputeExecutor.Size size, BatchRules rules, SavedModelLoader.Options loading) {
      this(size, rules, loading, Map.of());
    }
  }

  /**
   * Who looks at it, and who comes in.
   *
   * @param listeners who is told of requests besides the metrics
   * @param protection who comes in
   * @param feedback where feedback is kept; empty: none is taken
   * @param page whether there is a page at {@code /}, to look at models and to try them
   */
  public record Operating(
      List<RequestListener> listeners,
      Protection protection,
      Optional<Feedback> feedback,
      boolean page) {
    /** The metrics and the page alone, and anybody who reaches the address. */
    public static final Operating USUAL =
        new Operating(List.of(), Protection.NONE, Optional.empty(), true);

    /** With the page. */
    public Operating(
        List<RequestListener> listeners, Protection protection, Optional<Feedback> feedback) {
      this(listeners, protection, feedback, true);
    }

    /** Copies the list. */
    public Operating {
      listeners = List.copyOf(listeners);
    }
  }

  /**
   * Where feedback is kept.
   *
   * @param folder for its files, this server's alone
   * @param settings how it is kept
   * @param userColumn by whose value users can ask to be forgotten; empty: none
   */
  public record Feedback(Path folder, FeedbackSettings settings, Optional<String> userColumn) {}

  /** These models, and for all else what nobody has to think about. */
  public static ServerSettings of(List<ServedModel> models) {
    int cores = Runtime.getRuntime().availableProcessors();
    return new ServerSettings(
        models,
        ServerOptions.DEFAULT,
        new Compute(
            new ComputeExecutor.Size(cores, 64 * cores),
            BatchRules.DEFAULT,
            SavedModelLoader.Options.DEFAULT),
        Models.Options.DEFAULT,
        Operating.USUAL);
  }
}
