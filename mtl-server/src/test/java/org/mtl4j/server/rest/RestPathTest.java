package org.mtl4j.server.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mtl4j.server.request.ModelAddress;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.request.StatusCode;

/** The paths of TensorFlow Serving, those that are none, and what is said of them. */
class RestPathTest {
  @ParameterizedTest
  @CsvSource({
    "POST, /v1/models/foo:predict,                      PREDICT,  Latest(foo)",
    "POST, /V1/Models/foo:PREDICT,                      PREDICT,  Latest(foo)",
    "POST, /v1/models/foo/versions/50:classify,         CLASSIFY, 'Specific(foo, 50)'",
    "POST, /v1/models/foo/versions/00050:regress,       REGRESS,  'Specific(foo, 50)'",
    "POST, /v1/models/foo/labels/canary:predict,        PREDICT,  'Labelled(foo, canary)'",
    "POST, /v1/models/a%2Fb%3A%C3%BC+c/labels/x%20y:predict, PREDICT, 'Labelled(a/b:ü+c, x y)'",
    "GET,  /v1/models/foo,                              STATUS,   Latest(foo)",
    "GET,  /v1/models/foo/versions/9223372036854775807, STATUS, 'Specific(foo, 9223372036854775807)'",
    "GET,  /v1/models/foo/labels/stable,                STATUS,   'Labelled(foo, stable)'",
    "GET,  /v1/models/foo/metadata,                     METADATA, Latest(foo)",
    "GET,  /v1/models/foo/versions/1/metadata,          METADATA, 'Specific(foo, 1)'",
    "GET,  /v1/models/metadata,                         STATUS,   Latest(metadata)"
  })
  void read(String method, String path, RestPath.Call call, String model) {
    RestPath parsed = RestPath.parse(method, path);
    assertThat(parsed.call()).isEqualTo(call);
    assertThat(parsed.model()).hasToString(model);
  }

  @ParameterizedTest
  @CsvSource({
    "GET,  /v1/foo",
    "POST, /v1/foo",
    "POST, /v1/models",
    "POST, /v1/models/foo",
    "GET,  /v1/models/foo:predict",
    "GET,  /v1/models/foo/version/50:predict",
    "POST, /v1/models/foo/version/50:regress",
    "POST, /v1/models/foo/versions/HELLO:regress",
    "POST, /v1/models/foo/versions/-1:regress",
    "POST, /v1/models/foo/versions/1/labels/a:predict",
    "POST, /v1/models/foo:explode",
    "POST, /v1/models/foo:predict/more",
    "POST, /v1/models//versions/1:predict",
    "PUT,  /v1/models/foo:predict",
    "DELETE, /v1/models/foo"
  })
  void refused(String method, String path) {
    refused(method, path, "Malformed request: " + method + " " + path);
  }

  @Test
  void refusedForWhatIsInThem() {
    refused("GET", "/v1/models", "Missing model name in request.");
    String tooLarge = "18446744073709551615";
    refused(
        "POST",
        "/v1/models/foo/versions/" + tooLarge + ":regress",
        "Failed to convert version: " + tooLarge + " to numeric.");
    refused("POST", "/v1/models/100%zz:predict", "Failed to decode model name: 100%zz");
  }

  private static void refused(String method, String path, String message) {
    assertThatThrownBy(() -> RestPath.parse(method, path))
        .isInstanceOfSatisfying(
            RequestException.class,
            e -> assertThat(e.code()).isEqualTo(StatusCode.INVALID_ARGUMENT))
        .hasMessage(message);
  }

  @Test
  void neitherVersionNorLabel() {
    assertThat(ModelAddress.latest("m").version()).isEmpty();
    assertThat(ModelAddress.latest("m").label()).isEmpty();
  }
}
