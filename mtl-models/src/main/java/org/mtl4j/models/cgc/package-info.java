/** Customized gate control: Tang and others 2020. */
package org.mtl4j.models.cgc;
