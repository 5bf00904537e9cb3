/** TensorFlow Serving's REST protocol: paths, and JSON to and from tensors. */
package org.mtl4j.server.rest;
