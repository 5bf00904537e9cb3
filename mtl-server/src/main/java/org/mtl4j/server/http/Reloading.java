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
    List<ServedModel> wanted = ReloadRequests.read(request);
    for (ServedModel model : wanted) {
      if (!isUnder(allowed, model.base())) {
        throw denied(
            "The base path of the model \"%s\" is not under the folder that requests may name."
                .formatted(model.name()));
      }
    }
    models.configure(wanted);
    List<String> missing =
        wanted.stream().map(ServedModel::name).filter(name -> !models.isReady(name)).toList();
    if (!missing.isEmpty()) {
      throw new RequestException(
          StatusCode.ABORTED, "No version could be loaded of " + String.join(", ", missing) + ".");
    }
  }

  private static RequestException denied(String message) {
    return new RequestException(StatusCode.PERMISSION_DENIED, message);
  }

  /** By the folders themselves, not by their names: links lead elsewhere. */
  private static boolean isUnder(Path allowed, Path base) {
    try {
      return base.toRealPath().startsWith(allowed.toRealPath());
    } catch (IOException e) {
      return false;
    }
  }
}
