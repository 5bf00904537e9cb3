package org.mtl4j.server.http;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.mtl4j.protocol.serving.ReloadConfigRequest;
import org.mtl4j.server.config.ReloadRequests;
import org.mtl4j.server.config.ServedModel;
import org.mtl4j.server.model.Models;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.request.StatusCode;

/**
 * Takes configurations from requests, if somebody allowed it. A request names folders of this
 * machine then, and a model is a program: only what is under one folder can be loaded.
 */
final class Reloading {
  private final Models models;
  private final Optional<Path> under;

  /**
   * A way to reload.
   *
   * @param under where models may be; empty: nothing is taken from requests
   */
  Reloading(Models models, Optional<Path> under) {
    this.models = models;
    this.under = under;
  }

  /**
   * Serves what a request says in place of all that is served, and comes back when that is loaded.
   *
   * @throws RequestException PERMISSION_DENIED if nobody allowed it or a folder is elsewhere,
   *     INVALID_ARGUMENT for what is no configuration, FAILED_PRECONDITION for a label of a version
   *     that is not available: nothing has changed then; ABORTED if a model has no version that
   *     could be loaded, while the others are served
   */
  void reload(ReloadConfigRequest request) {
    Path allowed =
        under.orElseThrow(
            () ->
                denied("This server takes no configuration from requests: --allow-reload-under."));
    List<ServedModel> wanted =
        ReloadRequests.read(request).stream().map(model -> resolved(allowed, model)).toList();
    models.configure(wanted);
    List<String> missing =
        wanted.stream().filter(model -> !isServed(model)).map(ServedModel::name).toList();
    if (!missing.isEmpty()) {
      throw new RequestException(
          StatusCode.ABORTED, "No version could be loaded of " + String.join(", ", missing) + ".");
    }
  }

  private static RequestException denied(String message) {
    return new RequestException(StatusCode.PERMISSION_DENIED, message);
  }

  private boolean isServed(ServedModel model) {
    return models.isReady(model.name())
        && Optional.ofNullable(models.served().get(model.name()))
            .filter(served -> served.base().equals(model.base()))
            .isPresent();
  }

  /**
   * The model of the folder itself, not of its name: links lead elsewhere, and what a link leads to
   * later is not what was allowed.
   */
  private static ServedModel resolved(Path allowed, ServedModel model) {
    try {
      Path base = model.base().toRealPath();
      if (base.startsWith(allowed.toRealPath())) {
        return new ServedModel(model.name(), base, model.policy(), model.labels());
      }
    } catch (IOException e) {
      // A folder that is not there is under nothing; which of the two it is, nobody is told.
    }
    throw denied(
        "The base path of the model \"%s\" is not under the folder that requests may name."
            .formatted(model.name()));
  }
}
