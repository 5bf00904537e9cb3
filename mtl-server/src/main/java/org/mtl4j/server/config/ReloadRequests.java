package org.mtl4j.server.config;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.mtl4j.core.error.Problem;
import org.mtl4j.protocol.serving.ReloadConfigRequest;
import org.mtl4j.server.request.RequestException;

/** Configurations that clients send in place of the one that is there. */
public final class ReloadRequests {
  private ReloadRequests() {}

  /**
   * Reads a request. Whether its base paths are allowed ones is not looked at.
   *
   * @return the models in its order, none if its list is empty
   * @throws RequestException INVALID_ARGUMENT with all that is wrong with it
   */
  public static List<ServedModel> read(ReloadConfigRequest request) {
    List<Problem> problems = new ArrayList<>();
    List<ServedModel> models =
        new ModelConfigReader(new Indices(), problems).read(request.getConfig());
    if (!problems.isEmpty()) {
      throw RequestException.invalid(
          problems.stream().map(Problem::toString).collect(Collectors.joining(" ")));
    }
    return models;
  }

  /** Places in a message. */
  private static final class Indices implements ConfigPlaces {
    @Override
    public String all() {
      return "config";
    }

    @Override
    public String model(int index) {
      return "config.model_config_list.config[" + index + "]";
    }
  }
}
